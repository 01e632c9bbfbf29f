"""Addresses: ``public`` at ``/``, ``mine`` at ``/mijn/``, ``work`` at ``/werk/``."""

from django.urls import path

from achterban.listen.reports.views import asking as a
from achterban.listen.reports.views import beats as b
from achterban.listen.reports.views import campaigns as ca
from achterban.listen.reports.views import code as c
from achterban.listen.reports.views import correct as k
from achterban.listen.reports.views import course as r
from achterban.listen.reports.views import files as f
from achterban.listen.reports.views import gathering as g
from achterban.listen.reports.views import hearing as h
from achterban.listen.reports.views import imports as im
from achterban.listen.reports.views import keeping as e
from achterban.listen.reports.views import lists as ls
from achterban.listen.reports.views import mine as m
from achterban.listen.reports.views import news as n
from achterban.listen.reports.views import on_request as o
from achterban.listen.reports.views import public as p
from achterban.listen.reports.views import questions as q
from achterban.listen.reports.views import reviews as v
from achterban.listen.reports.views import same as i
from achterban.listen.reports.views import search as z
from achterban.listen.reports.views import summaries as s
from achterban.listen.reports.views import triage as t
from achterban.listen.reports.views import updates as u
from achterban.listen.reports.views import work as w

public = [
    path("vertel/", p.tell, name="tell"),
    path("vertel/verder/", q.ask, name="questions"),
    path("vertel/bewaar/", p.keep, name="keep"),
    path("vertel/bestand/", f.keep, name="keep-file"),
    path("code/", c.open_code, name="code"),
    path("code/bestand/", c.by_code(f.fetch, with_drafts=True), name="file"),
    path("code/bestand/erbij/", c.by_code(f.add), name="add-file"),
    path("code/bestand/weg/", c.by_code(f.drop), name="drop-file"),
    path("code/zeg/", c.by_code(r.say_more), name="say-more"),
    path("code/verbeter/", c.by_code(k.correct), name="correct"),
    path("code/toestemming/erbij/", c.by_code(k.give_yes), name="give-yes"),
    path("code/toestemming/", c.by_code(r.take_yes_back), name="take-yes-back"),
    path("code/meenemen/", c.by_code(r.take_along), name="take-along"),
    path("code/wie-keek/", c.by_code(r.looks), name="looks"),
    path("code/intrekken/", c.by_code(r.withdraw, with_drafts=True), name="withdraw"),
    path("code/horen/", c.by_code(h.hear), name="hear"),
    path("ik-ook/", i.same, name="same"),
    path("wat-er-gebeurde/", n.what_happened, name="what-happened"),
    path("wat-er-gebeurde/rss/", n.feed, name="feed"),
    path("mail/<str:token>/", h.mail, name="mail"),
    path("code/papier/", c.paper, name="paper"),
    path("ik-stop/", c.stop, name="stop"),
]

mine = [
    path("", m.own_list, name="own-list"),
    path("code/", m.add_code, name="own-add"),
    path("meenemen/", m.take_all_along, name="own-take-all"),
    path("wissen/", m.erase_account, name="own-erase"),
    path("<int:pk>/", m.own(r.show, method="GET"), name="own-code"),
    path("<int:pk>/bestand/", m.own(f.fetch), name="own-file"),
    path("<int:pk>/bestand/bewaar/", m.own(m.keep_file), name="own-keep-file"),
    path("<int:pk>/bestand/erbij/", m.own(f.add), name="own-add-file"),
    path("<int:pk>/bestand/weg/", m.own(f.drop), name="own-drop-file"),
    path("<int:pk>/zeg/", m.own(r.say_more), name="own-say-more"),
    path("<int:pk>/verbeter/", m.own(k.correct), name="own-correct"),
    path("<int:pk>/toestemming/erbij/", m.own(k.give_yes), name="own-give-yes"),
    path("<int:pk>/toestemming/", m.own(r.take_yes_back), name="own-take-yes-back"),
    path("<int:pk>/meenemen/", m.own(r.take_along), name="own-take-along"),
    path("<int:pk>/wie-keek/", m.own(r.looks), name="own-looks"),
    path("<int:pk>/horen/", m.own(h.hear), name="own-hear"),
    path("<int:pk>/intrekken/", m.own(r.withdraw), name="own-withdraw"),
    path("<int:pk>/eruit/", m.own(m.let_go), name="own-let-go"),
]

work = [
    path("vandaag/", ls.report_work_list, name="work-list"),
    path("tien-minuten/", t.ten_minutes, name="ten-minutes"),
    path("wie-neemt-wat/", b.beat_list, name="beat-list"),
    path("wie-neemt-wat/ik/", b.own_beat, name="own-beat"),
    path("wie-neemt-wat/<int:pk>/", b.beat, name="beat"),
    path("signalen/", ls.report_list, name="report-list"),
    path("signalen/samen/", ls.together, name="together"),
    path("signalen/lijst/", ls.save_view, name="save-view"),
    path("signalen/lijst/<int:pk>/weg/", ls.drop_view, name="drop-view"),
    path("organisatie/bewaren/", e.keeping, name="keeping"),
    path("zoeken/", z.search, name="search"),
    path("organisatie/vragen/", a.question_list, name="question-list"),
    path("organisatie/vragen/nieuw/", a.new_question, name="new-question"),
    path("organisatie/vragen/<int:pk>/", a.own_question, name="own-question"),
    path("signalen/gesprek/", w.call, name="call"),
    path("signalen/gesprek/bewaar/", w.keep_call, name="keep-call"),
    path("signalen/gesprek/<int:pk>/", w.continue_call, name="continue-call"),
    path("signalen/<int:pk>/", w.report, name="report"),
    path("signalen/<int:pk>/schrijf/", w.write, name="write"),
    path("signalen/<int:pk>/status/", w.set_status, name="set-status"),
    path("signalen/<int:pk>/dringend/", w.set_urgent, name="set-urgent"),
    path("signalen/<int:pk>/neem/", w.take, name="take"),
    path("signalen/<int:pk>/geef-door/", w.hand_over, name="hand-over"),
    path("signalen/<int:pk>/neem-terug/", w.undo, name="undo"),
    path("signalen/<int:pk>/wie/", w.contact, name="contact"),
    path("signalen/<int:pk>/op-verzoek/", o.on_request, name="on-request"),
    path(
        "signalen/<int:pk>/op-verzoek/verbeter/", o.correct, name="correct-on-request"
    ),
    path("signalen/<int:pk>/nakijken/", v.review, name="review"),
    path("signalen/<int:pk>/waarover/", t.triage, name="triage"),
    path("signalen/<int:pk>/voor-u/", t.offered, name="offered"),
    path("signalen/bestand/<int:pk>/", f.work_file, name="work-file"),
    path("signalen/bestand/<int:pk>/uitgetypt/", f.type_out, name="type-out"),
    path("bijeenkomsten/", g.gathering_list, name="gathering-list"),
    path("bijeenkomsten/nieuw/", g.new_gathering, name="new-gathering"),
    path("bijeenkomsten/<int:pk>/", g.gathering, name="gathering"),
    path("samenvattingen/", s.summary_list, name="summary-list"),
    path("samenvattingen/nieuw/", s.new_summary, name="new-summary"),
    path("samenvattingen/<int:pk>/", s.summary, name="summary"),
    path("campagnes/", ca.campaign_list, name="campaign-list"),
    path("campagnes/<int:pk>/", ca.campaign, name="campaign"),
    path("inlezen/", im.import_list, name="import-list"),
    path("inlezen/<int:pk>/", im.import_page, name="import"),
    path("inlezen/<int:pk>/regels/", im.row_list, name="import-rows"),
    path("inlezen/regel/<int:pk>/", im.row, name="import-row"),
    path("inlezen/<int:pk>/ongedaan/", im.undo, name="undo-import"),
    path("terugkoppeling/", u.update_list, name="update-list"),
    path("terugkoppeling/nieuw/", u.begin_update, name="begin-update"),
    path("terugkoppeling/<int:pk>/", u.update, name="update"),
    path("terugkoppeling/<int:pk>/nakijken/", u.check_update, name="check-update"),
    path("terugkoppeling/<int:pk>/weg/", u.drop_update, name="drop-update"),
    path("terugkoppeling/<int:pk>/neem-terug/", u.undo_update, name="undo-update"),
    path("terugkoppeling/<int:pk>/openbaar/", u.publish_update, name="publish-update"),
]
