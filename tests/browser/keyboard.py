"""Going about by Tab, Shift+Tab, Enter and Space, with every stop looked at (O2)."""

from __future__ import annotations

from playwright.sync_api import FileChooser, Locator, expect

from tests.browser.visit import Visit

MOST_STEPS = 60


def tab_to(visit: Visit, target: Locator, *, back: bool = False) -> None:
    """Go to something with Tab; each stop on the way is seen, and in order."""
    target.wait_for()
    visit.look("depart")
    for _ in range(MOST_STEPS):
        visit.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = target.evaluate("(it, back) => window.look?.stop(it, back)", back)
        if stop is None:  # another page came meanwhile
            visit.look("depart")
            continue
        assert stop["wrong"] == [], stop["wrong"]
        if stop["isThere"]:
            return
    raise AssertionError(f"Tab does not come to {target}")


def press(visit: Visit, name: str, key: str = "Enter") -> None:
    """Go to a button or link with this name, and press it."""
    tab_to(visit, visit.named(name))
    visit.page.keyboard.press(key)


def from_menu(visit: Visit, name: str) -> None:
    """Open what stands behind “more” in the Werkplek, and go there."""
    visit.page.locator("body").evaluate("() => document.activeElement.blur()")
    tab_to(visit, visit.page.locator("nav summary").first)
    visit.page.keyboard.press("Enter")
    press(visit, name)


def access_key(visit: Visit, letter: str) -> None:
    """Press Alt and a letter, as Chromium hears it (``accesskey``).

    Playwright leaves out which letter it would be without Alt.
    """
    line = visit.page.context.new_cdp_session(visit.page)
    pressed = {"key": letter, "code": f"Key{letter.upper()}", "modifiers": 1}
    pressed["windowsVirtualKeyCode"] = ord(letter.upper())
    line.send(
        "Input.dispatchKeyEvent",
        {"type": "keyDown", "unmodifiedText": letter, **pressed},
    )
    line.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    line.detach()


def type_in(visit: Visit, name: str, words: str) -> None:
    """Go to a field, and type in it."""
    tab_to(visit, visit.page.locator(f"main [name={name}]"))
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.insert_text(words)


def title(visit: Visit, words: str) -> None:
    """Wait for a page."""
    expect(visit.page.locator("h1")).to_have_text(words)


def tick(visit: Visit, label: str) -> None:
    """Go to a box, or to a row of choices, and choose this one."""
    box = visit.page.get_by_label(label, exact=True)
    if box.get_attribute("type") == "radio":  # one stop for the whole row
        row = visit.page.locator(f"main [name={box.get_attribute('name')}]")
        tab_to(visit, row.first)
        for _ in range(row.count()):
            if box.evaluate("it => it === document.activeElement"):
                break
            visit.page.keyboard.press("ArrowDown")
    else:
        tab_to(visit, box)
    visit.page.keyboard.press("Space")
    expect(box).to_be_checked()


def choose_file(visit: Visit, content: bytes, name: str, declared: str) -> None:
    """Go to the file field, open it, and choose a file."""
    tab_to(visit, visit.page.locator("main input[type=file]"))
    chosen: list[FileChooser] = []
    visit.page.on("filechooser", lambda chooser: chosen.append(chooser))
    for turn in range(MOST_STEPS):
        if turn % 10 == 0:  # a busy Chromium may not listen yet when the key comes
            visit.page.keyboard.press("Space")
        visit.page.wait_for_timeout(300)
        if chosen:
            break
    chosen[0].set_files({"name": name, "mimeType": declared, "buffer": content})
