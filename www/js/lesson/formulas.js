// The lesson's formulas, as MathML.

const mi = (x) => `<mi>${x}</mi>`;
const mo = (x) => `<mo>${x}</mo>`;
const row = (...x) => `<mrow>${x.join("")}</mrow>`;
const of = (f, ...x) => row(f, mo("("), ...x, mo(")"));
const sub = (x, i) => `<msub>${x}${i}</msub>`;
const expectation = (over, ...x) => row(sub("<mi mathvariant=\"normal\">𝔼</mi>", over), mo("["), ...x, mo("]"));
const whole = (...x) => `<math display="block">${row(...x)}</math>`;

const thin = "<mspace width=\"0.17em\"/>";
const x = mi("x"), z = mi("z"), D = mi("D"), G = mi("G"), log = "<mi>log</mi>", one = "<mn>1</mn>";
const hat = `<mover accent="true">${x}${mo("^")}</mover>`;
const data = sub(mi("p"), "<mtext>data</mtext>"), made = sub(mi("p"), mi("g"));

export const formulas = {
  /** The best discriminator: D*(x) = p_data(x) / (p_data(x) + p_g(x)). */
  best: whole(of(`<msup>${D}${mo("∗")}</msup>`, x), mo("="), `<mfrac>${of(data, x)}${row(of(data, x), mo("+"), of(made, x))}</mfrac>`),
  /** The game's value: V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))]. */
  value: whole(of(mi("V"), D, mo(","), G), mo("="), expectation(x, log, thin, of(D, x)), mo("+"), expectation(z, log, thin, row(mo("("), one, mo("−"), of(D, of(G, z)), mo(")")))),
  /** The gradient penalty: λ E[(‖∇f(x̂)‖ − 1)²], x̂ = εx + (1 − ε)G(z). */
  penalty: whole(mi("λ"), expectation(hat, `<msup>${row(mo("("), mo("‖"), sub(mo("∇"), hat), of(mi("f"), hat), mo("‖"), mo("−"), one, mo(")"))}<mn>2</mn></msup>`)) +
    whole(hat, mo("="), mi("ε"), x, mo("+"), row(mo("("), one, mo("−"), mi("ε"), mo(")")), of(G, z)),
};
