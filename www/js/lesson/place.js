// Where the lesson stands: beside the studio where the window is wide, under it elsewhere, with a way back to the section that was left.

const $ = (id) => document.getElementById(id);
const room = matchMedia("(min-width: 1400px)"); // for the lesson beside the studio
const plenty = matchMedia("(min-width: 1900px)"); // where it stands there unless it is told not to

export class LessonPlace {
  #wish = null; // the visitor's, or the address's; null for what the window's width says
  #left = ""; // the section whose button led away

  /** changed is called when the visitor has put it elsewhere. */
  constructor(changed) {
    $("lesson-open").addEventListener("click", () => {
      this.#wish = !this.beside;
      this.#show();
      changed();
    });
    $("lesson-back").addEventListener("click", () => {
      $(`lesson-${this.#left}`)?.scrollIntoView({ block: "start" });
      $(`lesson-${this.#left}`)?.querySelector("button")?.focus({ preventScroll: true });
      this.left("");
    });
    for (const query of [room, plenty]) query.addEventListener("change", () => this.#show());
  }

  /** Puts it where the address asks for: beside or not, or null where it asks for nothing. */
  open(wish) {
    this.#wish = wish;
    this.#show();
  }

  /** Whether it stands beside the studio. */
  get beside() {
    return room.matches && (this.#wish ?? plenty.matches) && $("lesson").checkVisibility();
  }

  /** What the address says of it, null for nothing. */
  get asked() {
    return this.#wish === null ? null : this.#wish ? "1" : "0";
  }

  /** A button of that section has led to the studio; "" or nothing where none has. */
  left(section = "") {
    this.#left = section;
    $("lesson-back").hidden = !section || this.beside;
  }

  #show() {
    document.body.classList.toggle("lesson-beside", room.matches && (this.#wish ?? plenty.matches));
    $("lesson-open").setAttribute("aria-pressed", String(document.body.classList.contains("lesson-beside")));
    if (this.beside) this.left("");
  }
}
