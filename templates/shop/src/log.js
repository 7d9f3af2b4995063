/** One line when something stops working and one when it works again, however many attempts lie between. */
export function outageLog(name) {
  let out = false;
  return {
    failed(error) {
      if (!out) console.error(`${name}: ${reason(error)}; trying again`);
      out = true;
    },
    works() {
      if (out) console.log(`${name}: works again`);
      out = false;
    },
  };
}

/** An error in a few words. A refused connection has no message when several addresses were tried. */
export function reason(error) {
  return error.message || error.code || String(error);
}

/** True when the other side is away or restarting, false for a mistake in the code. */
export function isOutage(error) {
  return /^(57P|ECONN)/.test(error.code) || /connect|socket closed|client is (offline|closed)/i.test(error.message);
}
