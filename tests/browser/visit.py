"""One person with one browser, and a note of all that the browser did meanwhile."""

from __future__ import annotations

import email
import email.policy
import html
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
)

from tests import driver
from tests.driver import ORGANISATION, STEP_SECONDS, Server, totp

BROWSERS = ("chromium-headless-shell", "chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",
]
PHONE = {"width": 320, "height": 640}
TYPING = 10  # seconds that a code must hold yet
PATIENCE = 20_000  # ms: a busy machine is no error
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
STATUS = "Failed to load resource: the server responded with a status of"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_WHEN_ASKED = f"""Object.defineProperty(window, "axe", {{
  configurable: true,
  get: () => {{
    delete window.axe;
    (function () {{ {AXE_SCRIPT} }}).call(window);
    return window.axe;
  }},
}});"""
CODE = "main .code"
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


def launch(playwright: Playwright) -> Browser:
    """Start the distribution's Chromium."""
    here = next(path for name in BROWSERS if (path := shutil.which(name)))
    return playwright.chromium.launch(
        executable_path=here, args=QUIETLY, chromium_sandbox=False
    )


@dataclass
class Office:
    """The program that is visited, and what the visitors share.

    Attributes:
        server: where it runs.
    """

    server: Server
    _steps: dict[str, set[int]] = field(default_factory=dict)
    _sessions: dict[tuple[str, str], requests.Session] = field(default_factory=dict)

    def second_factor(self, role: str, organisation: str = ORGANISATION) -> str:
        """Return a code of somebody's app that was not used before.

        The program takes the code before and the one after as well, so that three can
        be had without waiting.
        """
        secret = self.server.persona(role, organisation)["secret"]
        used = self._steps.setdefault(secret, set())
        used.add(self.server._last_steps.get(secret, 0))  # of the driver's own log-ins
        while not (free := _steps_around_now() - used):
            time.sleep(0.2)
        step = min(free)
        used.add(step)
        return totp(secret, step)

    def session(self, role: str, organisation: str = ORGANISATION) -> requests.Session:
        """Return a session of somebody who works there; logged in once, then kept."""
        key = role, organisation
        if key not in self._sessions:
            self._sessions[key] = self.server.login(role, organisation)
        return self._sessions[key]

    def post(self, role: str, path: str, fields: dict[str, str]) -> requests.Response:
        """Send a form of the Werkplek, as its page would."""
        session, address = self.session(role), self.server.page(path)
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"',
            session.get(self.server.page("werk/signalen/gesprek/"), timeout=30).text,
        )
        assert token
        answer = session.post(
            address,
            {"csrfmiddlewaretoken": token[1], **fields},
            headers={"Referer": address, "Origin": self.server.url},
            timeout=30,
        )
        answer.raise_for_status()
        return answer

    def report_path(self, told: str, role: str = "coordinator") -> str:
        """Return the path of a report in the Werkplek, by how it begins."""
        for n in range(1, 10):  # those of one day stand in any order
            address = self.server.page(f"werk/signalen/?page={n}")
            page = self.session(role).get(address, timeout=30)
            for path, words in re.findall(
                r'href="([^"]+/signalen/\d+/)">([^<]+)', page.text
            ):
                if html.unescape(words).startswith(told):
                    return str(path).partition(f"/o/{ORGANISATION}/")[2]
        raise LookupError(told)

    def letters(self) -> list[tuple[str, str, str]]:
        """Return the mail that left: to whom, subject, body."""
        found = []
        for path in sorted((self.server.data / "mail").glob("*.eml")):
            letter = email.message_from_bytes(
                path.read_bytes(), policy=email.policy.default
            )
            body = letter.get_body()
            assert body is not None
            content = body.get_content()
            found.append((str(letter["To"]), str(letter["Subject"]), content))
        return found

    def letter_to(self, address: str, word: str) -> str:
        """Return a letter to somebody that has a word in it, once it is there."""
        for _ in range(100):
            for to, _subject, body in self.letters():
                if to == address and word in body:
                    return body
            time.sleep(0.1)
        raise LookupError(f"no letter to {address}")

    def invitation(self, address: str, role: str = "volunteer") -> str:
        """Invite somebody; return the link in the letter."""
        fields = {"email": address, "role": role}
        self.post("coordinator", "werk/team/uitnodigen/", fields)
        return self.letter_to(address, "/uitnodiging/")

    @property
    def example_code(self) -> str:
        """Return the code of a report that was asked about and answered."""
        return str(self.server.example["codes"][ORGANISATION])


def _steps_around_now() -> set[int]:
    """Return the steps that the program takes now, and will for a while."""
    now = int(time.time())
    return set(range((now + TYPING) // STEP_SECONDS - 1, now // STEP_SECONDS + 2))


@dataclass
class Visit:
    """A person at a browser.

    Attributes:
        context: a profile of its own.
        office: whom they visit.
        page: what they look at.
        requested: every address that the browser asked for.
        complaints: what pages said to the console: a breach of the policy, a mistake.
    """

    context: BrowserContext
    office: Office
    page: Page = field(init=False)
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open a page and start to note."""
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self.requested.append(request.url))
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda it: self.complaints.append(str(it.error)))
        self.page = self.context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS):
            self.complaints.append(f"{message.type}: {message.text}")

    @property
    def server(self) -> Server:
        """Return the program that is visited."""
        return self.office.server

    # Going about

    def go(self, path: str, organisation: str = ORGANISATION) -> None:
        """Go to a page of an organisation."""
        self.page.goto(self.server.page(path, organisation))

    def press(self, name: str, page: Page | None = None) -> None:
        """Press the button, or follow the link, with this name."""
        self.named(name, page).click()

    def step(self, name: str) -> None:
        """Press a button, and wait until another question stands there."""
        before = self.page.locator("h1").inner_text()
        self.press(name)
        expect(self.page.locator("h1")).not_to_have_text(before)

    def skip_to(self, title: str) -> None:
        """Skip questions until the one with this title stands there."""
        heading = self.page.locator("h1")
        while (before := heading.inner_text()) != title:
            self.page.locator("button:is([value=skip], [value=next])").last.click()
            expect(heading).not_to_have_text(before)

    def named(self, name: str | re.Pattern[str], page: Page | None = None) -> Locator:
        """Return the button or link with this name."""
        page = page or self.page
        button = page.get_by_role("button", name=name, exact=True)
        return button.or_(page.get_by_role("link", name=name, exact=True)).first

    def write(self, text: str) -> None:
        """Write in the large field."""
        self.page.locator("main textarea[name=text]").fill(text)

    def choose(self, content: bytes, name: str, declared: str) -> None:
        """Choose a file."""
        chosen = {"name": name, "mimeType": declared, "buffer": content}
        self.page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]

    def shown(self) -> str:
        """Return the words on the page."""
        return self.page.locator("main").inner_text()

    def reads(self, words: str) -> None:
        """Fail unless these words come to stand on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def reads_not(self, words: str) -> None:
        """Fail if these words stand on the page, which stands already."""
        assert words not in self.shown()

    def code(self) -> str:
        """Return the receipt code on the page."""
        return " ".join(self.page.locator(CODE).first.inner_text().split())

    def tell(self, text: str, organisation: str = ORGANISATION) -> str:
        """Tell something; return the code."""
        self.go("vertel/", organisation)
        self.write(text)
        self.press("Verstuur: lees dit en tel het mee")
        self.page.locator(CODE).wait_for()
        return self.code()

    def open_code(self, code: str, organisation: str = ORGANISATION) -> None:
        """Open what stands behind a code."""
        self.go("code/", organisation)
        self.page.locator("main [name=code]").fill(code)
        self.press("Open")

    def enter(self, role: str, organisation: str = ORGANISATION) -> None:
        """Take over a session that is logged in."""
        for cookie in self.office.session(role, organisation).cookies:
            assert cookie.value is not None
            self.context.add_cookies(
                [{"name": cookie.name, "value": cookie.value, "url": self.server.url}]
            )

    def log_in(self, role: str, organisation: str = ORGANISATION) -> None:
        """Log in with password and second factor, from the log-in page on."""
        persona = self.server.persona(role, organisation)
        self.page.locator("[name=login]").fill(persona["email"])
        self.page.locator("[name=password]").fill(persona["password"])
        self.press("Inloggen")
        code = self.office.second_factor(role, organisation)
        self.page.locator("main [name=code]").fill(code)
        self.press("Verder")

    # Looking closely

    def look(self, name: str, *arguments: Any, on: Page | None = None) -> Any:
        """Return what a look of ``look.js`` says of a page, by default ours."""
        page = on or self.page
        page.wait_for_load_state()
        if not page.evaluate("'look' in window"):
            page.evaluate(LOOK)
        return page.evaluate(f"given => look.{name}(...given)", arguments)

    def look_at_everything(self) -> dict[str, list[str]]:
        """Return what is not as it should be, by what was looked at."""
        _bring_axe(self.page)
        found: dict[str, list[str]] = self.look("everything", WCAG, SPACING)
        return found

    def axe(self, on: Page | None = None) -> list[str]:
        """Return which rules of WCAG, as far as axe knows them, are broken where."""
        _bring_axe(on or self.page)
        found: list[str] = self.look("broken", WCAG, on=on)
        return found

    def display(self, **how: bool | str) -> None:
        """Show the page as it stands in another display, without asking for it anew.

        Args:
            how: ``theme`` (auto, light, dark), ``calm`` and ``large``.
        """
        self.look("display", how)

    @contextmanager
    def spaced(self) -> Iterator[None]:
        """Show the page with the text spacing of WCAG 1.4.12."""
        self.look("lay", SPACING)
        yield
        self.look("lay", "")

    def history(self) -> list[str]:
        """Return what the browser remembers of where one was: addresses and titles."""
        session = self.context.new_cdp_session(self.page)
        entries = session.send("Page.getNavigationHistory")["entries"]
        session.detach()
        return [f"{entry['url']} {entry['title']}" for entry in entries]

    def kept_on_device(self) -> list[str]:
        """Return what the browser keeps of this site, cookies by name."""
        stores: list[str] = self.page.evaluate(
            """async () => [
              ...Object.keys(localStorage), ...Object.keys(sessionStorage),
              ...(await indexedDB.databases()).map((one) => one.name),
              ...await caches.keys(),
              ...(await navigator.serviceWorker.getRegistrations()).map(() => "worker"),
            ]"""
        )
        return [*stores, *(cookie.get("name", "") for cookie in self.context.cookies())]


def _bring_axe(page: Page) -> None:
    """Have axe on this page, and ready on the next: to send it each time takes long."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT};0")
        page.context.add_init_script(AXE_WHEN_ASKED)


def start_office(
    data: Path, example: dict[str, Any] | None = None, **env: str
) -> Office:
    """Serve the example from a folder, with one process."""
    return Office(driver.start(data, {"ACHTERBAN_WORKERS": "1", **env}, example))
