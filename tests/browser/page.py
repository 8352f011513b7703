"""Opens the pages of `docbind diff --format html` in chromium, over the DevTools protocol.

    page.py CHROMIUM FOLDER

Prints a line for each check, and ends with status 1 when one of them fails. FOLDER holds the pages
that the test `pages_for_a_browser` writes. Needs nothing but the standard library.
"""

import base64
import json
import os
import pathlib
import select
import subprocess
import sys
import time

# How much of a processor search and filter may take over 2,000 changes, until the screen is drawn,
# and how much it may take to open them. What a clock on the wall says depends on who else is busy.
BUDGET_MS = 300
OPEN_BUDGET_MS = 3000


class Browser:
    """A browser that is spoken to by two pipes, which it expects as files 3 and 4."""

    def __init__(self, chromium, profile):
        to_browser, self.commands = os.pipe()
        self.answers, from_browser = os.pipe()

        def adopt():
            # Out of the way first, so that neither takes the place of the other.
            read, write = os.dup(to_browser), os.dup(from_browser)
            spare = [os.dup(read), os.dup(write)]
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        arguments = [
            chromium, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--hide-scrollbars", "--window-size=1100,800",
            f"--user-data-dir={profile}", "about:blank",
        ]
        self.process = subprocess.Popen(
            arguments, preexec_fn=adopt, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=open(profile / "log", "w"),
        )
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.rest, self.events, self.session = 0, b"", [], None

    def read(self, deadline):
        while b"\0" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise TimeoutError("chromium does not answer")
            chunk = os.read(self.answers, 1 << 20)
            if not chunk:
                raise EOFError("chromium ended")
            self.rest += chunk
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + 60
        while True:
            answer = self.read(deadline)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        deadline = time.monotonic() + 60
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read(deadline))

    def attach(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network", "DOM", "Accessibility"]:
            self.call(f"{domain}.enable")

    def open(self, page):
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        self.wait("Page.loadEventFired")

    def evaluate(self, expression):
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def key(self, key, code, number, text=None):
        for kind in ["keyDown", "keyUp"]:
            event = {"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number}
            if text and kind == "keyDown":
                event["text"] = text
            self.call("Input.dispatchKeyEvent", **event)

    def troubles(self):
        """What the console says, and what was loaded beside the page."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
                found.append(json.dumps(parameters)[:500])
            if method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if parameters.get("type") != "Document" or not url.startswith("file:"):
                    found.append(f"loads {url}")
            if method == "Page.javascriptDialogOpening":
                found.append("opens a dialog")
        return found

    def end(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (EOFError, OSError, TimeoutError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


FAILED = []


def check(name, found, wanted=True):
    if found == wanted:
        print(f"pass {name}")
    else:
        print(f"FAIL {name}: {found!r} instead of {wanted!r}")
        FAILED.append(name)


# What is to be seen, and how long a change of the controls takes until it is.
TOOLS = """
window.docbind = {
  seen: () => [...document.querySelectorAll(".change")]
    .filter((it) => it.offsetParent !== null || it.getClientRects().length > 0),
  settled: () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
  async timed(change) {
    const start = performance.now();
    change();
    await this.settled();
    document.body.getBoundingClientRect();
    return performance.now() - start;
  },
  search(text) {
    return this.timed(() => {
      const box = document.getElementById("search");
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  },
  toggle(value) {
    return this.timed(() => document.querySelector(`input[value=${value}]`).click());
  },
};
"""


def count(browser):
    return browser.evaluate("docbind.seen().length")


def small(browser, folder):
    browser.open(folder / "small.html")
    browser.evaluate(TOOLS)
    check("a heading", browser.evaluate("document.querySelectorAll('h1').length"), 1)
    total = count(browser)
    check("changes are there", total > 5)
    said = "document.getElementById('count').textContent"
    check("the count says all", browser.evaluate(said), f"All {total} changes")

    # As somebody with a keyboard alone would do it.
    browser.key("/", "Slash", 191, "/")
    check("/ leads to the search", browser.evaluate("document.activeElement.id"), "search")
    browser.call("Input.insertText", text="SIZE int64")
    browser.evaluate("docbind.settled()")
    check("search finds all words in any case", count(browser), 1)
    check("the count says so", browser.evaluate(said), f"1 of {total} changes")
    headings = "[...document.querySelectorAll('.group h2')].filter((it) => it.getClientRects().length).length"
    check("empty groups are hidden", browser.evaluate(headings), 1)
    browser.evaluate("docbind.search('nothing has this')")
    check("search finds nothing", count(browser), 0)
    browser.evaluate("docbind.search('')")
    check("an empty search finds all", count(browser), total)

    for kind, value in [("level", "error"), ("level", "info"), ("verdicts", "wire"), ("verdicts", "nothing")]:
        browser.evaluate(f"docbind.toggle('{value}')")
        left = f"docbind.seen().filter((it) => it.dataset.{kind}.split(' ').includes('{value}'))"
        rest = browser.evaluate(f"{left}.filter((it) => it.dataset.{kind} === '{value}').length")
        check(f"without {value}", (rest, count(browser) < total), (0, True))
        browser.evaluate(f"docbind.toggle('{value}')")
        check(f"with {value} again", count(browser), total)

    # The tabulator leads through the controls, and the space bar turns one off.
    browser.evaluate("document.getElementById('search').focus()")
    browser.key("Tab", "Tab", 9)
    check("tab leads on", browser.evaluate("document.activeElement.type"), "checkbox")
    browser.key(" ", "Space", 32, " ")
    browser.evaluate("docbind.settled()")
    check("space turns a level off", count(browser) < total)
    browser.evaluate("document.querySelector('button[type=reset]').click()")
    browser.evaluate("docbind.settled()")
    check("reset shows all", count(browser), total)

    marked = "['del', 'ins'].map((it) => [...document.querySelectorAll(it)].map((it) => it.textContent))"
    gone, come = browser.evaluate(marked)
    check("changed words are marked", ("String" in gone, "Int64" in come), (True, True))
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = {}
    for node in nodes:
        if not node.get("ignored"):
            name = node.get("name", {}).get("value", "")
            roles.setdefault(node["role"]["value"], []).append(name)
    controls = [name for role in ("searchbox", "checkbox", "button", "link") for name in roles.get(role, [])]
    check("every control has a name", len(controls) > 5 and all(controls))
    check("landmarks", all(role in roles for role in ("main", "search", "table", "columnheader", "heading")))
    check("both schemes can be read", contrasts(browser), [])
    check("no trouble", browser.troubles(), [])


def contrasts(browser):
    """Texts whose contrast with what is behind them is below 4.5, in the light and in the dark."""
    poor = []
    for scheme in ["light", "dark"]:
        browser.call(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
        )
        poor += browser.evaluate("""
        (() => {
          const parse = (text) => text.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map((it) => it / 255)
              .map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
            return 0.2126 * x + 0.7152 * y + 0.0722 * z;
          };
          const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.length < 4 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          const poor = new Set();
          for (const it of document.querySelectorAll("body :not(script)")) {
            if (![...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
            const [one, two] = [parse(getComputedStyle(it).color), behind(it)].map(light);
            const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
            if (ratio < 4.5) poor.add(`${it.tagName} ${it.className} ${ratio.toFixed(1)}`);
          }
          return [...poor];
        })()
        """)
    browser.call("Emulation.setEmulatedMedia", features=[])
    return poor


def without_script(browser, folder):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(folder / "small.html")
    # The tools of this check are no script of the page, but need one to be allowed.
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    browser.evaluate(TOOLS)
    check("content without a script", count(browser) > 5)
    shown = browser.evaluate("document.getElementById('filter').getClientRects().length")
    check("no dead control without a script", shown, 0)
    text = browser.evaluate("document.body.innerText")
    check("both sides without a script", all(it in text for it in ("|size|Int32|", "|size|Int64|")))
    check("no trouble without a script", browser.troubles(), [])


def hostile(browser, folder):
    for name in ["hostile.html", "every-rule.html"]:
        browser.open(folder / name)
        browser.evaluate(TOOLS)
        check(f"changes of {name}", count(browser) > 300)
        extra = "document.querySelectorAll('script, style, img, iframe, object, link').length"
        check(f"nothing but one script and one style in {name}", browser.evaluate(extra), 2)
        check(f"no trouble in {name}", browser.troubles(), [])
    # What a page would do that slipped through: the policy stops it.
    browser.open(folder / "hostile.html")
    browser.evaluate("""
        window.ran = false;
        const bad = document.createElement("script");
        bad.textContent = "window.ran = true";
        document.body.append(bad);
    """)
    check("the policy stops other scripts", browser.evaluate("window.ran"), False)


def many(browser, folder):
    browser.call("Performance.enable", timeDomain="threadTicks")
    before = busy(browser)
    browser.open(folder / "many.html")
    browser.evaluate(TOOLS)
    browser.evaluate("docbind.settled()")
    # The page may live in a process of its own, which then has counted from nothing.
    opened = busy(browser)
    opened = opened - before if opened > before else opened
    print(f"     2,000 changes open in {opened:.0f} ms of a processor")
    check(f"2,000 changes open within {OPEN_BUDGET_MS} ms", opened < OPEN_BUDGET_MS)
    check("2,000 changes", browser.evaluate("document.querySelectorAll('.change').length"), 2000)
    times = []
    for step, wanted in [
        ("docbind.search('member1234')", 1), ("docbind.search('member')", 2000),
        ("docbind.search('t0042')", 10), ("docbind.search('')", 2000),
        ("docbind.toggle('error')", 1200), ("docbind.toggle('error')", 2000),
        ("docbind.toggle('nothing')", 800), ("docbind.toggle('nothing')", 2000),
    ]:
        before = busy(browser)
        waited = browser.evaluate(step)
        times.append((busy(browser) - before, waited))
        found = "[...document.querySelectorAll('.change')].filter((it) => !it.hidden).length"
        check(f"{step} shows {wanted}", browser.evaluate(found), wanted)
    print("     " + ", ".join(f"{time:.0f}" for time, _ in times) + " ms of a processor")
    print("     " + ", ".join(f"{time:.0f}" for _, time in times) + " ms by the clock")
    check(f"search and filter within {BUDGET_MS} ms", max(times)[0] < BUDGET_MS)
    browser.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    browser.evaluate("docbind.settled()")
    check("no trouble with 2,000 changes", browser.troubles(), [])


def busy(browser):
    """How many milliseconds of a processor the page has taken."""
    metrics = browser.call("Performance.getMetrics")["metrics"]
    return 1000 * next(it["value"] for it in metrics if it["name"] == "TaskDuration")


def screenshots(browser, folder):
    for scheme in ["light", "dark"]:
        browser.call(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
        )
        browser.open(folder / "small.html")
        picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=False)
        (folder / f"{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
    browser.call("Emulation.setEmulatedMedia", features=[])


def main():
    chromium, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    profile = folder / "profile"
    profile.mkdir(exist_ok=True)
    browser = Browser(chromium, profile)
    try:
        browser.attach()
        for steps in [small, without_script, hostile, many, screenshots]:
            steps(browser, folder)
    finally:
        browser.end()
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
