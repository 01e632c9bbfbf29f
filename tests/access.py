"""Who gets what at each address (promise D1): what a GET answers, by visitor.

A new address fails ``test_urls.py`` until it has a line here; a line that lets
everybody in says why.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.visitors import VISITORS

OK, ASKED, HIDDEN, POST_ONLY = 200, 302, 404, 405


@dataclass(frozen=True)
class Rule:
    """What an address answers.

    Attributes:
        statuses: by visitor, in the order of ``VISITORS``.
        why: the reason why it does not ask for a log-in; empty where it does.
        is_work: whether it belongs to the Werkplek of an organisation.
    """

    statuses: tuple[int, ...]
    why: str = ""
    is_work: bool = False

    @property
    def by_visitor(self) -> dict[str, int]:
        """Return the status by visitor."""
        return dict(zip(VISITORS, self.statuses, strict=True))


def everyone(status: int, why: str) -> Rule:
    """Answer all alike."""
    return Rule((status,) * len(VISITORS), why)


def work(*roles: str, status: int = OK) -> Rule:
    """Ask for two factors; show the others nothing, not even that it is there."""
    inside = (status if visitor in roles else HIDDEN for visitor in VISITORS[2:-1])
    return Rule((ASKED, ASKED, *inside, ASKED), is_work=True)


def own(status: int = OK) -> Rule:
    """Ask for two factors; then everybody has a page of their own."""
    return Rule((ASKED, ASKED, *(status,) * 5, ASKED))


def mine(status: int = OK) -> Rule:
    """Ask everybody to log in to Mijn, the staff too; whose it is sees it."""
    return Rule((*(ASKED,) * 7, status))


def stranger(status: int, why: str) -> Rule:
    """Show who is not logged in the way in; send the others on."""
    return Rule((status, *(ASKED,) * 6, status), why)


READ = ("volunteer", "coordinator")
LISTS = ("volunteer", "advocate", "coordinator")  # each sees what is theirs to see
ENTER = ("volunteer", "advocate", "coordinator")
MANAGE = ("coordinator", "administrator")
EVERY_ROLE = ("volunteer", "advocate", "coordinator", "administrator")
TELL = "whoever tells something has no account"
LAW = "counts with what stands in the form; knows nobody and keeps nothing"
CODE = "the code is the key; without a right one it opens nothing"
DOOR = "a way in"
API = "rules of law for other programs; no data, nothing is kept"
NOTHING = "allauth names it; there is nothing"

MATRIX: dict[str, Rule] = {
    # For everybody
    "home": everyone(OK, "the doorstep"),
    "privacy": everyone(OK, "the privacy statement"),
    "accessibility": everyone(OK, "the accessibility statement"),
    "preferences": everyone(POST_ONLY, "sets a cookie with the display only"),
    "style": everyone(OK, "shows components, no data"),
    "health": everyone(OK, "says ok, for a watcher on the machine"),
    "api:description": everyone(OK, API),
    "api:kinds": everyone(OK, API),
    "api:kind": everyone(OK, API),
    "api:days": everyone(OK, API),
    "api:calculations": everyone(POST_ONLY, API),
    "api:penalties": everyone(POST_ONLY, API),
    "api:nowhere": everyone(HIDDEN, "says so in JSON, for programs"),
    "colour": everyone(OK, "a colour as a stylesheet, no data"),
    "logo": everyone(OK, "stands on the public pages"),
    "demo": everyone(HIDDEN, "the example only, on this machine only"),
    "reports:tell": everyone(OK, TELL),
    "reports:questions": everyone(OK, TELL),
    "reports:keep": everyone(POST_ONLY, TELL),
    "reports:stop": everyone(OK, TELL),
    "reports:code": everyone(OK, CODE),
    "reports:say-more": everyone(OK, CODE),
    "reports:correct": everyone(OK, CODE),
    "reports:give-yes": everyone(OK, CODE),
    "reports:take-yes-back": everyone(OK, CODE),
    "reports:take-along": everyone(OK, CODE),
    "reports:looks": everyone(OK, CODE),
    "reports:withdraw": everyone(OK, CODE),
    "reports:keep-file": everyone(POST_ONLY, TELL),
    "reports:file": everyone(OK, CODE),
    "reports:add-file": everyone(OK, CODE),
    "reports:drop-file": everyone(OK, CODE),
    "reports:paper": everyone(OK, CODE),
    "reports:hear": everyone(OK, CODE),
    "reports:same": everyone(OK, TELL),
    "reports:what-happened": everyone(OK, "what a second person made public"),
    "reports:feed": everyone(OK, "the same, for a feed reader"),
    "reports:mail": everyone(OK, "the link is the key; looking changes nothing"),
    "helpline:terms": everyone(OK, LAW),
    "helpline:term-group": everyone(OK, LAW),
    "helpline:term": everyone(OK, LAW),
    "helpline:term-diary": everyone(OK, LAW),
    "dossiers:feed": everyone(OK, "the address is the key, for a calendar program"),
    # The way in
    "account_login": stranger(OK, DOOR),
    "account_request_login_code": stranger(OK, DOOR),
    "account_confirm_login_code": stranger(ASKED, DOOR),
    "mfa_login_webauthn": stranger(ASKED, DOOR),
    "mfa_authenticate": stranger(ASKED, DOOR),
    "invitation": everyone(OK, "the link is the key"),
    "account_signup": everyone(HIDDEN, NOTHING),
    "account_inactive": everyone(HIDDEN, NOTHING),
    "account_logout": Rule(
        (ASKED, *(OK,) * 6, ASKED), "the way out, for one factor too"
    ),
    "second-factor": own(ASKED),
    "account_reauthenticate": own(ASKED),
    "mfa_reauthenticate": Rule((ASKED, *(OK,) * 6, ASKED)),
    "mfa_reauthenticate_webauthn": own(ASKED),
    # One's own account
    "account": own(),
    "mfa_index": own(),
    "account_change_password": own(),
    "account_set_password": own(),
    "mfa_activate_totp": own(ASKED),  # has one already
    "mfa_deactivate_totp": own(),
    "mfa_view_recovery_codes": own(),
    "mfa_generate_recovery_codes": own(),
    "mfa_download_recovery_codes": own(HIDDEN),  # there are none
    "mfa_list_webauthn": everyone(ASKED, "sends on to one's own account, which asks"),
    "mfa_add_webauthn": own(),
    "mfa_remove_webauthn": own(HIDDEN),  # there are none
    "mfa_edit_webauthn": own(HIDDEN),
    # Mijn
    "mine:enter": everyone(OK, DOOR),
    "mine:come-in": everyone(ASKED, DOOR),
    "mine:link": everyone(HIDDEN, DOOR),  # not the browser that asked for it
    "mine:passkey": everyone(OK, DOOR),
    "mine:account": mine(),
    "mine:add-passkey": mine(),
    "mine:remove-passkey": mine(POST_ONLY),
    "mine:leave": mine(POST_ONLY),
    "reports:own-list": mine(),
    "reports:own-add": mine(),
    "reports:own-erase": mine(),
    "reports:own-code": mine(),
    "reports:own-file": mine(ASKED),  # acts: the report is shown
    "reports:own-keep-file": mine(ASKED),
    "reports:own-add-file": mine(ASKED),
    "reports:own-drop-file": mine(ASKED),
    "reports:own-say-more": mine(ASKED),
    "reports:own-correct": mine(ASKED),
    "reports:own-give-yes": mine(ASKED),
    "reports:own-hear": mine(ASKED),
    "reports:own-take-yes-back": mine(ASKED),
    "reports:own-take-along": mine(ASKED),
    "reports:own-looks": mine(ASKED),
    "reports:own-take-all": mine(POST_ONLY),
    "reports:own-withdraw": mine(ASKED),
    "reports:own-let-go": mine(ASKED),
    # The Werkplek
    "reports:work-list": work(*LISTS),
    "reports:report-list": work(*LISTS),
    "reports:together": work(*LISTS, status=ASKED),
    "reports:save-view": work(*LISTS),
    "reports:drop-view": work("volunteer", status=ASKED),  # whose list it is
    "reports:ten-minutes": work(*READ),
    "reports:triage": work(*READ),
    "reports:offered": work(*READ, status=ASKED),  # it is with somebody
    "reports:own-beat": work(*LISTS),
    "reports:beat-list": work("coordinator"),
    "reports:beat": work("coordinator"),
    "reports:search": work("volunteer", "coordinator"),  # who may read all
    "reports:report": work(*READ),
    "reports:write": work(*READ),
    "reports:set-status": work(*READ, status=ASKED),
    "reports:take": work(*READ, status=ASKED),
    "reports:hand-over": work(*READ),
    "reports:undo": work(*READ, status=ASKED),
    "reports:contact": work(*READ, status=ASKED),
    "reports:on-request": work("coordinator"),
    "reports:correct-on-request": work("coordinator"),
    "reports:review": work(*READ),
    "reports:set-urgent": work(*READ, status=ASKED),
    "reports:work-file": work(*READ),
    "reports:type-out": work(*READ),
    "reports:call": work(*ENTER),
    "reports:gathering-list": work(*ENTER),
    "reports:new-gathering": work(*ENTER),
    "reports:gathering": work(*ENTER),
    "reports:keep-call": work(*ENTER, status=POST_ONLY),
    "reports:continue-call": work(*ENTER, status=POST_ONLY),
    "reports:summary-list": work(*READ),
    "reports:new-summary": work("coordinator"),
    "reports:summary": work(*READ),
    "dossiers:outcome-list": work(*READ),
    "dossiers:all-outcomes": work(*LISTS),
    "dossiers:new-outcome": work(*READ),
    "dossiers:change-outcome": work(*READ),
    "dossiers:tell-outcome": work(*READ, status=POST_ONLY),
    "commitments:list": work(*LISTS),
    "commitments:commitment": work(*READ),
    "commitments:change": work(*READ),
    "commitments:step": work(*READ),
    "commitments:move": work(*READ),
    "commitments:occurrence": work(*READ),
    "commitments:with-dossier": work(*READ),
    "commitments:with-meeting": work(*READ),
    "commitments:publicity": work(*READ),
    "commitments:place": work(*READ),
    "commitments:new-decision": work(*READ),
    "commitments:decision": work(*READ),
    "commitments:new-execution": work(*READ),
    "commitments:execution": work(*READ),
    "commitments:consultation": work(*READ),
    "commitments:plan": work(*LISTS, status=POST_ONLY),
    "commitments:calendar": work(*LISTS),
    "commitments:recesses": work(*LISTS),
    "commitments:recess": work(*LISTS),
    "commitments:motions": work(*READ),
    "commitments:public-list": everyone(OK, "what two people made public"),
    "commitments:public": everyone(OK, "what two people made public"),
    "commitments:open-data": everyone(OK, "what two people made public"),
    "commitments:new": work(*READ),
    "commitments:read": work(*READ),
    "dossiers:dossier-list": work(*LISTS),
    "dossiers:new-dossier": work(*LISTS),
    "dossiers:dossier": work(*READ),  # the advocate: of own municipalities
    "dossiers:change-dossier": work(*READ),
    "dossiers:step": work(*READ),
    "dossiers:link": work(*READ),
    "dossiers:mirror": work(*READ),
    "dossiers:timeline": work(*READ),
    "dossiers:task-list": work(*READ),
    "dossiers:new-task": work(*READ),
    "dossiers:own-tasks": work(*LISTS),
    "dossiers:change-task": work(*READ),
    "dossiers:finish-task": work(*LISTS, status=POST_ONLY),
    "dossiers:position-list": work(*READ),
    "dossiers:new-position": work(*READ),
    "dossiers:position": work(*READ),
    "dossiers:estimate": work(*READ),
    "dossiers:plan": work(*READ),
    "dossiers:drop-position": work(*READ),
    "dossiers:together": work(*READ),
    "dossiers:leave": work("coordinator"),
    "dossiers:asked": work("coordinator"),
    "dossiers:material-list": work(*LISTS),
    "dossiers:new-material": work(*READ),
    "dossiers:change-material": work(*READ),
    "dossiers:own-feed": work(*LISTS),
    "dossiers:meeting-list": work(*LISTS),
    "dossiers:new-meeting": work(*READ),
    "dossiers:meeting": work(*READ),
    "dossiers:change-meeting": work(*READ),
    "dossiers:attendees": work(*READ),
    "dossiers:how": work(*READ),
    "dossiers:meeting-report": work(*READ),
    "dossiers:drop-meeting": work(*READ),
    "dossiers:agenda": work(*READ),
    "dossiers:new-point": work(*READ),
    "dossiers:point": work(*READ),
    "issues:issue-list": work(*LISTS),
    "issues:new-issue": work(*READ),
    "issues:issue": work(*LISTS),
    "issues:change-issue": work(*READ),
    "issues:alike": work(*READ),
    "issues:new-claim": work(*READ),
    "issues:claim": work(*LISTS),
    "issues:change-claim": work(*READ),
    "issues:cite": work(*READ),
    "issues:cite-source": work(*READ),
    "issues:cite-figure": work(*READ),
    "issues:figure": work(*READ),
    "issues:standing-out": work(*READ),
    "issues:cite-document": work(*READ),
    "issues:cited-page": work(*LISTS),
    "issues:document-list": work(*LISTS),
    "issues:document": work(*LISTS),
    "issues:new-persona": work(*READ),
    "issues:persona": work(*LISTS),
    "issues:change-persona": work(*READ),
    "stakeholders:party-list": work(*LISTS),
    "stakeholders:new-party": work(*LISTS),
    "stakeholders:party": work(*LISTS),
    "stakeholders:change-party": work(*LISTS),
    "stakeholders:remove-party": work(*LISTS),
    "stakeholders:network": work(*LISTS),
    "stakeholders:missing": work(*LISTS),
    "stakeholders:import-list": work(*MANAGE),
    "stakeholders:import": work(*MANAGE),
    "stakeholders:contact-list": work(*LISTS),
    "stakeholders:new-contact": work(*LISTS),
    "stakeholders:contact": work(*LISTS),
    "stakeholders:change-contact": work(*LISTS),
    "stakeholders:looks": work("coordinator"),
    "stakeholders:copy": work("coordinator"),
    "stakeholders:leaving": work("coordinator"),
    "stakeholders:erase-contact": work("coordinator"),
    "stakeholders:new-function": work(*LISTS),
    "stakeholders:new-relation": work(*LISTS),
    "stakeholders:relation": work(*LISTS),
    "stakeholders:merge": work(*LISTS),
    "stakeholders:new-remark": work(*LISTS),
    "stakeholders:remark": work(*LISTS),
    "stakeholders:function": work(*LISTS),
    "redactions:list": work(*LISTS),
    "redactions:with-dossier": work(*READ),  # the advocate: of own municipalities
    "redactions:new": work(*READ),
    "redactions:redaction": work(*READ),
    "redactions:review": work(*READ),
    "redactions:release": work("coordinator"),
    "redactions:withdraw": work("coordinator"),
    "redactions:drop": work(*READ),
    "redactions:public-list": everyone(OK, "what two people made public"),
    "redactions:public": everyone(OK, "what two people made public"),
    "redactions:public-file": everyone(OK, "what two people made public"),
    "publications:list": work(*LISTS),
    "publications:new": work(*READ),
    "publications:publication": work(*LISTS),
    "publications:write": work(*READ),
    "publications:keep": work(*READ, status=POST_ONLY),
    "publications:facts": work(*READ),
    "publications:drop": work(*READ),
    "publications:ask": work(*READ),
    "publications:draft": work(*LISTS),
    "publications:send": work("coordinator"),
    "publications:ask-to-sign": work("coordinator"),
    "publications:signing-list": work("coordinator"),
    "publications:sign": work("coordinator"),
    "publications:version": work(*LISTS),
    "publications:file": work(*LISTS),
    "publications:trace": work(*LISTS),
    "publications:check": work(*LISTS),
    "publications:correct": work(*READ),
    "publications:with-dossier": work(*READ),  # the advocate: of own municipalities
    "publications:with-promise": work(*READ),  # the advocate: of own municipalities
    "publications:owing": work(*READ),
    "publications:with-party": work(*READ),
    "publications:first-words-list": work(*READ),
    "publications:first-words": work(*READ),
    "publications:with-report": work(*READ),  # the advocate: of own municipalities
    "publications:with-issue": work(*LISTS),
    "publications:with-claim": work(*LISTS),
    "publications:sheet": work(*READ),
    "reports:update-list": work(*READ),
    "reports:begin-update": work(*READ, status=ASKED),
    "reports:update": work(*READ),
    "reports:check-update": work(*READ),
    "reports:drop-update": work(*READ),
    "reports:undo-update": work(*READ),
    "reports:publish-update": work("coordinator", status=ASKED),
    "reports:campaign-list": work(*READ),
    "reports:campaign": work(*READ),
    "reports:import-list": work("coordinator"),
    "reports:import": work("coordinator"),
    "reports:import-rows": work("coordinator"),
    "reports:import-row": work("coordinator"),
    "reports:undo-import": work("coordinator"),
    "work": Rule((ASKED, ASKED, HIDDEN, *(ASKED,) * 5)),  # a signpost
    "organisation": work(*MANAGE),
    "reports:keeping": work(*MANAGE),
    "reports:question-list": work(*MANAGE),
    "reports:new-question": work(*MANAGE),
    "reports:own-question": work(*MANAGE),
    "term-list": work(*MANAGE),
    "new-term": work(*MANAGE),
    "term": work(*MANAGE),
    "branches": work(*MANAGE),
    "new-branch": work(*MANAGE),
    "branch": work(*MANAGE),
    "remove-branch": work(*MANAGE),
    "umbrella": work(*MANAGE),
    "joining": work(*MANAGE),
    "own-words": work(*MANAGE),
    "house-style": work(*MANAGE),
    "house-logo": work(*MANAGE),
    "handbook": work(*EVERY_ROLE),
    "team": work(*MANAGE),
    "team-invite": work(*MANAGE),
    "team-withdraw": work(*MANAGE),
    "team-remove": work(*MANAGE),
    "team-reset-factor": work(*MANAGE),
}
