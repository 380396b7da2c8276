// Calls the module: a request goes into its memory as JSON, the answer is read out of it. Works in browsers and in Node.

export class Sayso {
  /** Makes one from the bytes of sayso.wasm. */
  static async load(bytes) {
    const module = await WebAssembly.compile(bytes);
    return new Sayso(module, await WebAssembly.instantiate(module, Sayso.imports(module)));
  }

  /** The library of archives brings a source of random numbers for encryption, which reading never asks for. */
  static imports(module) {
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = () => {
        throw new Error(`${name} is not there`);
      };
    }
    return imports;
  }

  constructor(module, instance) {
    this.module = module;
    this.calls = instance.exports;
  }

  /** Checks `{drafts: [{name, text}], config}` and gives `{findings, quotations, errors}`. */
  check(request) {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    try {
      const at = this.calls.request(bytes.length);
      new Uint8Array(this.calls.memory.buffer, at, bytes.length).set(bytes);
      const length = this.calls.check();
      const answer = new Uint8Array(this.calls.memory.buffer, this.calls.answer(), length);
      return JSON.parse(new TextDecoder().decode(answer));
    } catch (error) {
      // A fault of sayso has left this instance half way: the next check begins with a new one.
      this.calls = new WebAssembly.Instance(this.module, Sayso.imports(this.module)).exports;
      return { findings: [], quotations: [], errors: [`sayso failed, which is a fault of sayso: ${error.message}`] };
    }
  }
}
