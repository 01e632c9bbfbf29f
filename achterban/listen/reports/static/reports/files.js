// Make a photo small before it leaves, record a voice, and send a file again when the
// line breaks. Without this script the form sends the file as it is.
const EDGE = 2400; // pixels
const LARGE = 1_000_000; // bytes
const SPEECH = 32_000; // bits a second
const TRIES = 4;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < LARGE) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * share;
    canvas.height = picture.height * share;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!small || small.size >= file.size) return file;
    return new File([small], "foto.jpg", { type: "image/jpeg" });
  } catch {
    return file; // the server can do more kinds
  }
}

function start() {
  const form = document.querySelector(".brings-file");
  if (!form) return;
  const field = form.elements.file;
  const line = form.querySelector("[role=status]");
  const recorder = form.querySelector(".recorder");
  const say = (words, isWrong = false) => {
    line.classList.toggle("error", isWrong);
    line.textContent = words;
  };
  const put = (file) => {
    const hand = new DataTransfer();
    hand.items.add(file);
    field.files = hand.files;
  };

  // The key in the form stays the same: sent twice it is stored once.
  async function send(file) {
    const fields = new FormData(form);
    fields.delete("file");
    fields.append("file", file);
    for (let n = 1; n <= TRIES; n++) {
      try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body: fields });
        if (answer.status < 500) return await answer.json();
      } catch {
        /* the line broke */
      }
      say(line.dataset.failed, true);
      if (n < TRIES) await pause(n * 3000);
    }
    return null;
  }

  form.addEventListener("submit", async (event) => {
    const file = field.files[0];
    const button = event.submitter;
    if (!file || button?.value === "back") return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    say(line.dataset.busy);
    const kept = await send(await shrink(file));
    form.ariaBusy = "false";
    say(kept ? kept.why || "" : line.dataset.lost, true);
    if (!kept?.kept) return;
    field.value = "";
    // It is there: the page that comes shows it. "Add" alone would ask for a file.
    if (button?.value === "add") button.value = "show";
    form.requestSubmit(button);
  });

  if (recorder && window.MediaRecorder && navigator.mediaDevices) {
    const [button, time] = recorder.children;
    const player = document.createElement("audio");
    player.controls = true;
    const begin = button.textContent;
    let tape = null;
    recorder.hidden = false;
    const count = (since) => {
      if (!tape) return;
      const seconds = Math.floor((Date.now() - since) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      setTimeout(count, 1000, since);
    };
    const record = async () => {
      const voice = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      tape = new MediaRecorder(voice, { audioBitsPerSecond: SPEECH });
      tape.ondataavailable = (event) => parts.push(event.data);
      tape.onstop = () => {
        const type = tape.mimeType.split(";")[0];
        const ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
        voice.getTracks().forEach((track) => track.stop());
        tape = null;
        const file = new File(parts, `opname.${ending}`, { type });
        put(file);
        player.src = URL.createObjectURL(file);
        recorder.append(player);
        button.textContent = button.dataset.again || begin;
      };
      tape.start(1000);
      document.addEventListener("step", () => tape?.stop(), { once: true });
      button.textContent = button.dataset.stop;
      count(Date.now());
    };
    button.addEventListener("click", async () => {
      if (tape) return tape.stop();
      try {
        await record();
      } catch {
        time.textContent = recorder.dataset.failed;
      }
    });
  }
}

start();
document.addEventListener("step", start);
