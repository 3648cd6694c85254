// The constellation of a large handbook on a canvas: places come finished from a file, here they are only looked at.
(() => {
  "use strict";
  const sky = document.querySelector(".sky:has(canvas)"), lookup = document.querySelector(".lookup");
  const canvas = sky?.querySelector("canvas"), pen = canvas?.getContext("2d");
  if (!pen || !window.mendbook?.map) return;
  // More threads than these in sight are a grey mist.
  const MOST_THREADED = 300, NEAR = 14;

  let data, pages = [], ties = [], selected = -1, pointed = -1;
  let width = 0, height = 0, scale = 1, left = 0, top = 0, whole = 1, asked = false;
  const colours = {};

  const begin = async () => {
    data = await mendbook.map.load("sky");
    const count = data.stars.length / 3;
    ties = Array.from({ length: count }, () => []);
    data.ties.forEach((others, one) => others.forEach((other) => { ties[one].push(other); ties[other].push(one); }));
    colour();
    measure();
    pages = await mendbook.map.pages();
    ask();
  };
  const x = (star) => data.stars[star * 3] / 10, y = (star) => data.stars[star * 3 + 1] / 10;
  const level = (star) => data.stars[star * 3 + 2];

  const colour = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["paper", "tint", "ink", "indigo", "line"]) colours[name] = style.getPropertyValue(`--${name}`);
    colours.sans = style.getPropertyValue("--sans");
    ask();
  };
  const measure = () => {
    const box = canvas.getBoundingClientRect(), dense = window.devicePixelRatio || 1;
    const middle = [left + width / 2 / scale, top + height / 2 / scale], was = width;
    ({ width, height } = box);
    canvas.width = width * dense;
    canvas.height = height * dense;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    whole = Math.min(width * 10 / data.size[0], height * 10 / data.size[1]);
    if (was) { left = middle[0] - width / 2 / scale; top = middle[1] - height / 2 / scale; ask(); } else look(0);
  };
  const ask = () => {
    if (asked || !data) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  };

  // By how much nearer; 0 is the whole drawing. What is under `at` stays there.
  const look = (by, at = [width / 2, height / 2]) => {
    if (by === 0) {
      scale = whole;
      left = (data.size[0] / 10 - width / scale) / 2;
      top = (data.size[1] / 10 - height / scale) / 2;
    } else {
      const next = Math.min(Math.max(scale * by, whole), 2 ** data.deepest);
      left += at[0] / scale - at[0] / next;
      top += at[1] / scale - at[1] / next;
      scale = next;
    }
    ask();
  };

  const draw = () => {
    const right = left + width / scale, bottom = top + height / scale;
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = colours.tint;
    for (const [ax, ay, radius] of data.areas) {
      pen.beginPath();
      pen.arc((ax / 10 - left) * scale, (ay / 10 - top) * scale, radius / 10 * scale, 0, 7);
      pen.fill();
    }
    const seen = [];
    for (let star = 0; star < ties.length; star++) {
      const at = x(star), down = y(star);
      if (at > left && at < right && down > top && down < bottom) seen.push(star);
    }
    if (seen.length <= MOST_THREADED) threads(seen, new Set(seen), [colours.line, .35, 1]);
    const size = Math.min((1.2 + Math.log2(Math.max(scale, 1)) * .6 + scale * .15) * Math.min(scale, 1), 4.5);
    pen.fillStyle = colours.indigo;
    pen.beginPath();
    for (const star of seen) {
      const at = (x(star) - left) * scale, down = (y(star) - top) * scale;
      if (size < 2) pen.rect(at - size, down - size, size * 2, size * 2);
      else { pen.moveTo(at + size, down); pen.arc(at, down, size, 0, 7); }
    }
    pen.fill();
    names(seen);
    for (const star of [selected, pointed]) if (star >= 0) mark(star, size);
  };

  const threads = (stars, ends, [ink, strength, thickness]) => {
    pen.strokeStyle = ink;
    pen.globalAlpha = strength;
    pen.lineWidth = thickness;
    pen.beginPath();
    for (const star of stars) {
      for (const other of ties[star]) {
        if (ends && !(ends.has(other) && other > star)) continue;
        pen.moveTo((x(star) - left) * scale, (y(star) - top) * scale);
        pen.lineTo((x(other) - left) * scale, (y(other) - top) * scale);
      }
    }
    pen.stroke();
    pen.globalAlpha = 1;
  };

  const short = (title) => {
    const letters = [...title];
    return letters.length <= 30 ? title : `${letters.slice(0, 29).join("").trimEnd()}…`;
  };
  const write = (text, at, down) => {
    pen.strokeText(text, at, down);
    pen.fillText(text, at, down);
  };
  const names = (seen) => {
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = colours.paper;
    pen.fillStyle = colours.ink;
    pen.font = `12.5px ${colours.sans}`;
    for (const star of seen) {
      if (pages[star] && 2 ** level(star) <= scale) write(short(pages[star].title), (x(star) - left) * scale, (y(star) - top) * scale + 14);
    }
    pen.font = `600 16px ${colours.sans}`;
    // On a small screen the whole drawing is smaller than the one in which all have room.
    const taken = [];
    for (const [ax, ay, radius, from, title] of data.areas) {
      const at = (ax / 10 - left) * scale, down = ((ay - radius) / 10 - top) * scale, half = pen.measureText(title).width / 2 + 3;
      const free = scale >= 1 ? 2 ** from <= scale : taken.every(([x2, y2, half2]) => Math.abs(at - x2) > half + half2 || Math.abs(down - y2) > 20);
      if (!free) continue;
      taken.push([at, down, half]);
      write(title, at, down);
    }
  };
  const mark = (star, size) => {
    threads([star], null, [colours.indigo, .9, 1.25]);
    const at = (x(star) - left) * scale, down = (y(star) - top) * scale;
    pen.fillStyle = colours.ink;
    pen.beginPath();
    pen.arc(at, down, size + 2, 0, 7);
    pen.fill();
    pen.font = `600 13.5px ${colours.sans}`;
    pen.lineWidth = 4;
    pen.strokeStyle = colours.paper;
    if (pages[star]) write(pages[star].title, at, down + 15);
  };

  const nearest = (at, down) => {
    let best = -1, least = NEAR * NEAR;
    for (let star = 0; star < ties.length; star++) {
      const far = ((x(star) - left) * scale - at) ** 2 + ((y(star) - top) * scale - down) ** 2;
      if (far < least) [best, least] = [star, far];
    }
    return best;
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  // One finger or the mouse moves the sky, two fingers come nearer.
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
    moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!data) return;
    const [at, down] = place(event), before = fingers.get(event.pointerId);
    if (!before) {
      pointed = nearest(at, down);
      canvas.classList.toggle("at", pointed >= 0);
      return ask();
    }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) look(Math.hypot(at - other[0], down - other[1]) / Math.max(Math.hypot(before[0] - other[0], before[1] - other[1]), 1), other);
    left -= (at - before[0]) / scale / fingers.size;
    top -= (down - before[1]) / scale / fingers.size;
    moved += Math.hypot(at - before[0], down - before[1]);
    fingers.set(event.pointerId, [at, down]);
    ask();
  });
  const lift = (event) => {
    if (event.type === "pointerup" && moved < 5 && fingers.size === 1) {
      const star = nearest(...place(event));
      if (pages[star]) location.href = pages[star].href;
    }
    fingers.delete(event.pointerId);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => { pointed = -1; ask(); });
  canvas.addEventListener("wheel", (event) => {
    if (!data || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    look(2 ** (-event.deltaY / 200), place(event));
  }, { passive: false });
  sky.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => data && look(Number(button.dataset.look))));

  lookup.addEventListener("chosen", (event) => {
    selected = event.detail;
    if (!data) return;
    scale = Math.max(scale, 4);
    left = x(selected) - width / 2 / scale;
    top = y(selected) - height / 2 / scale;
    ask();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);
  new ResizeObserver(() => data && measure()).observe(canvas);
  sky.hidden = false;
  sky.nextElementSibling.hidden = false;
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    begin();
  }, { rootMargin: "200px" });
  near.observe(sky);
})();
