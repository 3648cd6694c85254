// Search and the finder's ranking: the same answers as `mendbook search`, worked out in the browser by whole numbers alone.
// How it is asked is told in the manual, under "Themes". It needs mend.js, and loads nothing before it is first asked.
(() => {
  "use strict";
  // The figures of src/search: ask.rs, rank.rs, units.rs. A test holds both sides together.
  const CLASSES = 10, SUMMARY = 4, SIGNAL = 5, NEARBY = 8, SECTION = 9;
  const SEARCH = [24, 24, 24, 24, 5, 5, 4, 3, 2, 3], FINDER = [24, 24, 24, 24, 5, 11, 6, 1, 2, 3];
  const HALF = 24, TOGETHER = 12, NAMED = 4, LIKENESS = 4, SEEN = 3;
  const WHOLE = 16, MEANT = 14, NEAR = 12, BEGUN = 6, ASKED = 24, BEGINNINGS = 12, NEAREST = 3, HITS = 3;
  const TYPES = ["title", "alias", "alias", "alias", "summary", "signal", "driver", "step", "nearby", "section"];

  let head, starting;
  const load = (name) => mendbook.load(`assets/search/${name}.js`);
  const ready = () => starting ??= load("head").then((data) => {
    // What was given stays as it is: in a preview it may be given to another edition of this script too.
    let next = 0;
    head = {
      ...data,
      fillers: new Set(data.fillers.split(" ").filter(Boolean)),
      pages: numbers(data.pages),
      starts: numbers(data.terms).map((count) => (next += count) - count),
      many: data.words.length > 1,
    };
  }).catch((error) => { starting = undefined; throw error; });

  // Numbers and words as src/search/pack.rs writes them.
  const DIGITS = " !#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  const values = new Map([...DIGITS].map((digit, value) => [digit, value]));
  const numbers = (text) => {
    const all = [];
    for (let at = 0; at < text.length;) {
      let own = 0, base = 1, digit;
      while ((digit = values.get(text[at++])) >= 60) {
        own += base * digit;
        base *= 30;
      }
      all.push(own + base * digit);
    }
    return all;
  };
  const unfold = (text) => {
    let before = "";
    return (text.match(/[A-Z][^A-Z]*/g) ?? []).map((word) => before = before.slice(0, word.charCodeAt(0) - 65) + word.slice(1));
  };

  // Words of a text: the rules of src/search/words.rs.
  const LETTER = "\\p{Alphabetic}\\p{N}\\p{M}";
  const RUN = new RegExp(`[${LETTER}]+(?:['’][${LETTER}]+)*`, "gu");
  const CLOSE = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const OTHERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
  const fold = (run) => {
    const bare = run.toLowerCase().replace(/['’]s$/, "").normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").normalize("NFC");
    return [...bare.toLowerCase().replace(/[ßæœøłđıς]/g, (letter) => OTHERS[letter])].slice(0, head.cut).join("");
  };
  const tokens = (text) => {
    const all = [];
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const add = (from, to) => {
        const word = fold(run.slice(from, to));
        if (word) all.push({ word, from: index + from, to: index + to });
      };
      if (!CLOSE.test(run)) {
        add(0, run.length);
        continue;
      }
      const chars = [...run], places = [0];
      for (const char of chars) places.push(places.at(-1) + char.length);
      for (let first = 0, last; first < chars.length; first = last) {
        const close = CLOSE.test(chars[first]);
        for (last = first; last < chars.length && CLOSE.test(chars[last]) === close; last++);
        if (!close || last - first === 1) add(places[first], places[last]);
        else for (let at = first; at < last - 1; at++) add(places[at], places[at + 2]);
      }
    }
    return all;
  };
  const folded = (text) => tokens(text).map(({ word }) => word).join(" ");
  const isFiller = (word) => head.fillers.has(word) || /^[\0-\x7f]$/.test(word);

  // Files of words: each word with its term, each term with the places it stands in. The file of a word is the last one
  // that begins at or before it; a term is told of in the file of its first word.
  const files = new Map();
  const file = (number) => {
    if (!files.has(number)) files.set(number, load(`words/${number}`).then(([text, back, places, elsewhere]) => {
      const words = unfold(text), start = head.starts[number], terms = new Map(), forms = new Map(elsewhere.map(([term, words]) => [start + term, words]));
      let next = start;
      numbers(back).forEach((back, at) => {
        const term = next - back;
        if (!back) next++;
        terms.set(words[at], term);
        forms.set(term, [...(forms.get(term) ?? []), words[at]]);
      });
      return { words, terms, forms, start, places };
    }).catch((error) => { files.delete(number); throw error; }));
    return files.get(number);
  };
  const last = (list, fits) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (fits(list[middle])) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  };
  const fileOf = (word) => last(head.words, (first) => first <= word);
  const termOf = async (word) => (await file(fileOf(word))).terms.get(word);
  const beginnings = async (word) => {
    const found = [];
    for (let number = fileOf(word); number < head.words.length && found.length < BEGINNINGS; number++) {
      found.push(...(await file(number)).words.filter((own) => own.startsWith(word) && own !== word));
      if (!(number + 1 < head.words.length && (head.words[number + 1].startsWith(word) || head.words[number + 1] <= word))) break;
    }
    return found.slice(0, BEGINNINGS);
  };
  const term = async (number) => {
    const own = await file(last(head.starts, (start) => start <= number));
    return { forms: own.forms.get(number) ?? [], places: numbers(own.places[number - own.start] ?? "") };
  };

  // What is typed to terms: src/search/ask.rs.
  const ending = (one, other) => {
    let shared = 0;
    while (shared < one.length && one[shared] === other[shared]) shared++;
    const longest = Math.max(one.length, other.length);
    return shared > 3 && shared * 10 >= longest * 6 && longest - shared < 5 ? shared : 0;
  };
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], above = [...Array(other.length + 1).keys()];
    for (let row = 0; row < one.length; row++) {
      const own = [row + 1];
      for (let column = 0; column < other.length; column++) {
        let least = Math.min(above[column] + (one[row] !== other[column]), above[column + 1] + 1, own[column] + 1);
        if (row && column && one[row - 1] === other[column] && other[column - 1] === one[row]) least = Math.min(least, before[column - 1] + 1);
        own.push(least);
      }
      if (Math.min(...own, ...before) > most) return most + 1;
      [before, above] = [above, own];
    }
    return above.at(-1);
  };
  const near = async (word) => {
    const letters = [...word];
    if (letters.length < 4) return [[], "typo"];
    const all = head.many ? unfold(await load(`letters/${word.codePointAt(0) % 32}`)) : (await file(0)).words;
    const known = all.filter((own) => own.startsWith(letters[0])).map((own) => [own, [...own]]);
    const pick = (fits) => known.filter(([, other]) => fits(other)).map(([own]) => own).slice(0, NEAREST);
    const slip = pick((other) => distance(letters, other, 1) <= 1);
    if (slip.length) return [slip, "typo"];
    const shared = known.reduce((most, [, other]) => Math.max(most, ending(letters, other)), 0);
    if (shared) return [pick((other) => ending(letters, other) === shared), "ending"];
    const begun = await beginnings(word);
    if (begun.length) return [begun, "prefix"];
    if (letters.length > 4) {
      const [one, other] = letters.slice(-2), end = one + other;
      const ends = head.many ? unfold(await load(`ends/${(one.codePointAt(0) + other.codePointAt(0)) % 32}`)) : all;
      const wrong = ends.filter((own) => own[0] !== "=" && !own.startsWith(letters[0]) && own.endsWith(end) && distance(letters, [...own], 1) <= 1);
      if (wrong.length) return [wrong.slice(0, NEAREST), "typo"];
    }
    return [letters.length < 8 ? [] : pick((other) => distance(letters, other, 2) <= 2), "typo"];
  };
  const understand = async (text, typing) => {
    const all = tokens(text);
    const phrase = (at) => {
      let best = [-1, 0];
      head.groups.forEach(([, spelt], group) => {
        for (const words of spelt.map((one) => one.split(" "))) {
          if (words.length > 1 && words.length > best[1] && words.every((own, place) => all[at + place]?.word === own)) best = [group, words.length];
        }
      });
      return best;
    };
    const bare = all.every(({ word }, at) => isFiller(word) && !phrase(at)[1]);
    const asked = [], left = [], widened = [], seen = new Set();
    const synonyms = (group, said) => {
      const own = folded(said);
      widened.push({ word: said, to: head.groups[group][0].filter((other) => folded(other) !== own), why: "synonym" });
    };
    for (const { word } of all) if (!isFiller(word)) file(fileOf(word)).catch(() => {});
    for (let at = 0; at < all.length;) {
      const { word, from, to } = all[at], [group, count] = phrase(at);
      if (count) {
        const number = await termOf(`=${group}`);
        if (number !== undefined) {
          asked.push([[number, WHOLE]]);
          synonyms(group, text.slice(from, all[at + count - 1].to));
        }
        at += count;
        continue;
      }
      at++;
      if (isFiller(word) && !bare || seen.has(word) || seen.size >= ASKED) continue;
      seen.add(word);
      const said = text.slice(from, to), pair = CLOSE.test([...word][0]), terms = [];
      const add = (number, counts) => { if (terms.every(([known]) => known !== number)) terms.push([number, counts]); };
      const widen = (words, why) => widened.push({ word: said, to: words.slice(0, NEAREST), why });
      const exact = await termOf(word);
      if (exact !== undefined) add(exact, WHOLE);
      for (const [group, [, spelt]] of head.groups.entries()) {
        const number = spelt.includes(word) ? await termOf(`=${group}`) : undefined;
        if (number === undefined) continue;
        add(number, MEANT);
        if (exact === undefined) synonyms(group, said);
      }
      let found = terms.length > 0;
      if (typing && at === all.length && [...word].length > 1 && !pair) {
        const begun = await beginnings(word);
        if (!found && begun.length) widen(begun, "prefix");
        for (const own of begun) add(await termOf(own), found ? BEGUN : NEAR);
        found ||= begun.length > 0;
      }
      if (!found && !pair) {
        const [words, why] = await near(word);
        for (const own of words) add(await termOf(own), NEAR);
        found = words.length > 0;
        if (found) widen(words, why);
      }
      if (found) asked.push(terms);
      else left.push(said);
    }
    return { all, asked, left, widened };
  };

  // What every page with one of the words counts: src/search/rank.rs.
  const entry = (map, key, make) => map.get(key) ?? (map.set(key, make()), map.get(key));
  const page = () => ({ sum: 0, units: new Map(), ticked: [] });
  const score = async (asked, classes, forms) => {
    const pages = new Map();
    for (const terms of asked) {
      const found = new Map();
      for (const [number, counts] of terms) {
        const own = await term(number), { places } = own, rare = places[0] * counts;
        for (const form of own.forms) {
          forms.add(form);
          if (form[0] === "=") head.groups[form.slice(1)][1].forEach((word) => forms.add(word));
        }
        for (let at = 1, next = 0; at < places.length;) {
          const id = next + places[at++], units = [];
          let more;
          do {
            units.push(places[at] >> 1);
            more = places[at++] & 1;
          } while (more);
          next = id + 1;
          const weight = units.reduce((sum, unit) => sum + classes[unit % CLASSES], 0);
          const all = entry(found, id, () => [0, new Map()]);
          all[0] = Math.max(all[0], rare * Math.floor(256 * weight / (weight + HALF)));
          for (const unit of units) all[1].set(unit, Math.max(all[1].get(unit) ?? 0, rare * classes[unit % CLASSES]));
        }
      }
      for (const [id, [sum, units]] of found) {
        const own = entry(pages, id, page);
        own.sum += sum;
        for (const [unit, worth] of units) {
          const all = entry(own.units, unit, () => ({ sum: 0, best: 0, words: 0 }));
          all.sum += worth;
          all.best = Math.max(all.best, worth);
          all.words++;
        }
      }
    }
    for (const own of pages.values()) {
      let together = 0, named = 0;
      for (const [unit, { sum, best, words }] of own.units) {
        together = Math.max(together, sum - best);
        if (unit % CLASSES < SUMMARY && words > unit % CLASSES) named = Math.max(named, sum);
      }
      own.sum += together * TOGETHER + named * NAMED;
    }
    return pages;
  };

  // Texts of pages, with their units by number: src/search/units.rs and src/site/search_data.rs.
  const shown = new Map();
  const slug = (text) => text.trim().replace(/[^ A-Za-z0-9_-]/g, "").replace(/ /g, "-").toLowerCase();
  const anchorOf = (rule, section, text) => {
    if (rule?.startsWith("#")) return rule.slice(1);
    const whole = slug(text), start = whole.slice(0, 48), cut = start.lastIndexOf("-");
    return `${section}-${rule ? `${start.slice(0, cut > 0 ? cut : 48)}-${rule}` : whole}`;
  };
  const textOf = async (number) => {
    const [id, href, title, area, summary, aliases, parts] = (await load(`texts/${Math.floor(number / head.texts)}`))[number % head.texts];
    const units = new Map(), counts = Array(CLASSES).fill(0);
    const add = (own, unit) => units.set(counts[own]++ * CLASSES + own, unit);
    for (const [place, text] of [title, ...aliases].entries()) {
      const words = new Set(tokens(text).map(({ word }) => word).filter((word) => !isFiller(word))).size;
      add(Math.min(Math.max(words, 1), 4) - 1, { type: place ? "alias" : "title", heading: "", text, anchor: "" });
    }
    add(SUMMARY, { type: "summary", heading: "", text: summary, anchor: "" });
    for (const [own, section, heading, items] of parts) {
      for (const item of items) {
        const [raw, rule, more] = Array.isArray(item) ? item : [item];
        const anchor = own === SECTION ? section : anchorOf(rule, section, raw.split("\n")[0]);
        add(own, { type: TYPES[own], heading, text: raw.replace("\n", " ").trim(), anchor, more, sentence: raw.split("\n").at(-1) });
      }
    }
    const [kind, stage, finder] = head.traits[head.pages[number]];
    const text = { number, id, href, title, kind: head.kinds[kind], stage: head.stages[stage], area, summary, aliases, units, finder };
    shown.set(id, text);
    return text;
  };
  const numberOf = async (id) => {
    const firsts = await load("ids"), place = last(firsts, (first) => first <= id);
    for (let number = place * head.texts; number < Math.min((place + 1) * head.texts, head.pages.length); number++) {
      if ((await textOf(number)).id === id) return number;
    }
  };
  const signal = async (tick) => {
    const at = tick.indexOf("#"), number = at < 0 ? undefined : await numberOf(tick.slice(0, at));
    if (number === undefined) return;
    const found = [...(await textOf(number)).units].find(([unit, { anchor }]) => unit % CLASSES === SIGNAL && anchor === tick.slice(at + 1));
    return found && { number, unit: found[0], text: found[1].text, like: found[1].more ?? [] };
  };

  const marksOf = (text, forms) => {
    const marks = [];
    for (const { word, from, to } of tokens(text)) {
      if (!forms.has(word)) continue;
      if (marks.length && marks.at(-1)[1] > from) marks.at(-1)[1] = to;
      else marks.push([from, to]);
    }
    return marks;
  };
  const answer = async ({ text, ticks = [], finder }, { kinds = [], stages = [], limit = 10, typing = !/\s$/.test(text) } = {}) => {
    await ready();
    const { all, asked, left, widened } = await understand(text, typing), forms = new Set();
    const pages = await score(asked, finder ? FINDER : SEARCH, forms);
    for (const tick of finder ? ticks : []) {
      const own = await signal(tick);
      if (!own) continue;
      const ticked = entry(pages, own.number, page);
      ticked.sum += head.tick;
      ticked.ticked.push(own.unit);
      // The best of a page counts.
      const counted = new Set();
      for (let at = 0; at < own.like.length; at += 3) {
        const [number, unit, sixteenths] = own.like.slice(at, at + 3), other = entry(pages, number, page);
        if (!counted.has(number)) other.sum += Math.floor(head.tick * sixteenths * LIKENESS / 128);
        counted.add(number);
        entry(other.units, unit, () => ({ sum: 0 })).sum += sixteenths;
      }
    }
    const wanted = ([number]) => {
      const [kind, stage, fits] = head.traits[head.pages[number]];
      return (!finder || fits) && (!kinds.length || kinds.includes(head.kinds[kind])) && (!stages.length || stages.includes(head.stages[stage]));
    };
    for (const [number, own] of pages) if (head.traits[head.pages[number]][2]) own.sum += Math.floor(own.sum / SEEN);
    const ranked = [...pages].filter(wanted).sort(([one, a], [other, b]) => b.sum - a.sum || one - other);
    const best = await Promise.all(ranked.slice(0, limit).map(async ([number, own]) => [await textOf(number), own]));
    const found = best.map(([{ id, href, title, kind, stage, area, summary, aliases, units }, own]) => {
      for (const alias of aliases) {
        const words = tokens(alias).map(({ word }) => word);
        const at = words.length ? all.findIndex((_, at) => words.every((word, place) => all[at + place]?.word === word)) : -1;
        if (at < 0) continue;
        widened.push({ word: text.slice(all[at].from, all[at + words.length - 1].to), to: [title], why: "alias" });
        break;
      }
      const list = [...own.units].map(([unit, { sum }]) => [own.ticked.includes(unit), sum, unit]);
      for (const unit of new Set(own.ticked)) if (!own.units.has(unit)) list.push([true, 0, unit]);
      list.sort((one, other) => other[0] - one[0] || other[1] - one[1] || one[2] - other[2]);
      const hits = list.flatMap(([ticked, , number]) => {
        const unit = units.get(number);
        if (!unit?.text) return [];
        const { type, heading, text, anchor } = unit;
        return [{ type, heading, text, href: anchor ? `${href}#${encodeURIComponent(anchor)}` : href, marks: marksOf(text, forms), ticked }];
      });
      const top = hits.filter(({ type }) => type === "title"), rest = hits.filter(({ type }) => type !== "title");
      return { id, href, title, kind, stage, area, summary, hits: [...top, ...rest.slice(0, HITS)] };
    });
    return { pages: found, total: ranked.length, left, widened };
  };

  const between = (a, b) => {
    for (const [one, other] of [[shown.get(a), shown.get(b)], [shown.get(b), shown.get(a)]]) {
      const note = [...one?.units ?? []].find(([unit, { more }]) => unit % CLASSES === NEARBY && more?.[0] === other?.number && more?.[1]);
      if (!note) continue;
      const keys = [a, b].map((id) => id.replaceAll("/", ".").replaceAll(" ", "-")).sort().map(encodeURIComponent);
      const href = note[1].more[2] ? `compare/${keys.join("--")}.html` : `compare.html#a=${keys.join("&b=")}`;
      return { text: note[1].sentence, said_by: one.id, href };
    }
    return null;
  };
  mendbook.search = {
    ready,
    find: (text, options) => answer({ text }, options),
    rank: ({ text = "", ticks }, options) => answer({ text, ticks, finder: true }, options),
    item: (tick) => ready().then(() => signal(tick)).then((own) => own?.text),
    facets: () => ({ kinds: head.kinds, stages: head.stages.filter(Boolean) }),
    between,
  };
  mendbook.give("search", mendbook.search);
})();
