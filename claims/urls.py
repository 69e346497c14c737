"""The addresses of the workspace."""

from django.urls import path

from claims.views import articles, bringing, claims, desk, evidence, public, submissions, verdicts

app_name = "claims"

urlpatterns = [
    path("", articles.article_list, name="articles"),
    path("articles/<uuid:article_id>/", articles.article, name="article"),
    path("articles/<uuid:article_id>/<int:number>/", articles.article, name="version"),
    path("articles/<uuid:article_id>/progress/", articles.progress, name="progress"),
    path("articles/<uuid:article_id>/split-again/", articles.split_again, name="split_again"),
    path("articles/<uuid:article_id>/mark/", articles.mark, name="mark"),
    path("articles/<uuid:article_id>/disclose/", articles.disclose, name="disclose"),
    path("submit/", submissions.hand_in, name="hand_in"),
    path("submissions/<uuid:submission_id>/", submissions.submission, name="submission"),
    path("submissions/<uuid:submission_id>/read-again/", submissions.read_again, name="read_again"),
    path("desk/", desk.desk, name="desk"),
    path("desk/mine/", desk.my_work, name="my_work"),
    path("desk/approvals/", desk.approvals, name="approvals"),
    path("claims/<uuid:claim_id>/", claims.claim, name="claim"),
    path("claims/<uuid:claim_id>/take/", desk.take, name="take"),
    path("claims/<uuid:claim_id>/release/", desk.release, name="release"),
    path("claims/<uuid:claim_id>/reword/", claims.reword, name="reword"),
    path("claims/<uuid:claim_id>/dismiss/", claims.dismiss, name="dismiss"),
    path("claims/<uuid:claim_id>/restore/", claims.restore, name="restore"),
    path("claims/<uuid:claim_id>/close/", claims.close, name="close"),
    path("claims/<uuid:claim_id>/search-again/", claims.look_again, name="look_again"),
    path("claims/<uuid:claim_id>/evidence/", evidence.add, name="add_evidence"),
    path("claims/<uuid:claim_id>/documents/", bringing.bring, name="bring"),
    path("documents/<uuid:document_id>/", bringing.document, name="document"),
    path("documents/<uuid:document_id>/progress/", bringing.progress, name="reading"),
    path("documents/<uuid:document_id>/read-again/", bringing.read_again, name="reread"),
    path("documents/<uuid:document_id>/choose/", bringing.choose, name="choose"),
    path("documents/<uuid:document_id>/quote/", bringing.quote, name="quote"),
    path("evidence/<uuid:evidence_id>/accept/", evidence.accept, name="accept"),
    path("evidence/<uuid:evidence_id>/reject/", evidence.reject, name="reject"),
    path("evidence/<uuid:evidence_id>/reconsider/", evidence.reconsider, name="reconsider"),
    path("claims/<uuid:claim_id>/verdict/", verdicts.start, name="start_verdict"),
    path("claims/<uuid:claim_id>/correct/", verdicts.correct, name="correct"),
    path("verdicts/<uuid:verdict_id>/", verdicts.verdict, name="verdict"),
    path("verdicts/<uuid:verdict_id>/save/", verdicts.save, name="save_verdict"),
    path("verdicts/<uuid:verdict_id>/autosave/", verdicts.autosave, name="autosave_verdict"),
    path("verdicts/<uuid:verdict_id>/recall/", verdicts.recall, name="recall"),
    path("verdicts/<uuid:verdict_id>/approve/", verdicts.approve, name="approve"),
    path("verdicts/<uuid:verdict_id>/return/", verdicts.send_back, name="send_back"),
    path("verdicts/<uuid:verdict_id>/publish/", verdicts.publish, name="publish"),
    path("verdicts/<uuid:verdict_id>/withdraw/", verdicts.withdraw, name="withdraw"),
    path("c/<uuid:claim_id>/", public.verdict, name="public"),
    path("c/<uuid:claim_id>/<int:number>/", public.verdict, name="public_version"),
]
