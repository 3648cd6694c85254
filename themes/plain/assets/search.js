// Finds pages by words and ranks patterns by what was seen, with the same whole numbers as `mendbook search`. It only
// answers; sheet.js and finder.js show. Its data are loaded when a question needs them:
//
//   engine.search({ q, kind, stage }, most)  →  { hits, total, missing, widened }
//   engine.rank({ text, ticks })             →  patterns, best first: { id, title, href, summary, signals: [{ text }] }
//   engine.between(id, id)                   →  the sentence that sets two ranked pages apart, or null
//   engine.item("PAGE-ID#ANCHOR")            →  the text of a signal, or undefined
//   engine.choices()                         →  { kinds: [[value, words]], stages }
//
// A hit is { id, title, marks, href, note, lines }, and a line { type, text, marks, href, ticked }: hrefs count from the root,
// marks are pairs of where a word begins and ends.
(() => {
  "use strict";
  const MOST = 32, LONGEST = 64, ENOUGH = 24, USUAL = 12, WORTH = 24, HITS = 3, LIKE = 4, TICKED = 900, MEANT = 12;
  const TITLE = 0, SIGNAL = 3;
  const SPACELESS = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const div = (number, by) => Math.floor(number / by);

  // The words of a text as they are compared, each with its place.
  const tokens = (text) => {
    const found = [];
    let word = "", from = 0, at = 0, last = null;
    const end = (to) => {
      if (word) found.push({ word: [...word].slice(0, LONGEST).join(""), at: [from, to] });
      word = "";
    };
    for (const c of text) {
      const start = at;
      at += c.length;
      if (/['’\u00ad]|\p{M}/u.test(c)) continue;
      const own = (c.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{Alphabetic}\p{N}]/gu) ?? []).join("");
      const pairs = SPACELESS.test(c);
      if (!own || pairs) end(start);
      if (!own) last = null;
      else if (pairs) {
        if (last) found.push({ word: last[0] + own, at: [last[1], at] });
        last = [own, start];
      } else {
        last = null;
        if (!word) from = start;
        word += own;
      }
    }
    end(at);
    return found;
  };

  // Which of some files, by what each begins with.
  const before = (starts, value) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  // Words are in order of their code points, which is not that of JavaScript's strings.
  const compare = (one, other) => {
    for (let a = [...one], b = [...other], at = 0; ; at++) {
      if (at === a.length || at === b.length) return a.length - b.length;
      if (a[at] !== b[at]) return a[at].codePointAt() - b[at].codePointAt();
    }
  };

  let head, fillers, letters;
  const files = new Map();
  const load = async (name) => {
    if (!files.has(name)) files.set(name, mendbook.load(`assets/search/${name}.js?v=${head.version}`));
    return files.get(name);
  };
  const ready = async () => {
    if (head) return;
    const data = await mendbook.load("assets/search/head.js");
    fillers = new Set(data.fillers.split(" "));
    letters = [...data.letters];
    head = data;
  };

  // The words of one file, and the stem of each. Words with the same first letter are in one.
  const vocabulary = new Map();
  const words = async (word) => {
    const file = letters.length === 1 ? 0 : letters.indexOf([...word][0]);
    if (file < 0) return { list: [], stems: new Map() };
    if (!vocabulary.has(file)) {
      const [text, stems] = await load(`words/${file}`);
      const list = text ? text.split(" ") : [];
      vocabulary.set(file, { list, stems: new Map(list.map((word, at) => [word, stems[at]])) });
    }
    return vocabulary.get(file);
  };
  const stemOf = async (word) => (await words(word)).stems.get(word);
  const sameLetter = async (word) => {
    const { list, stems } = await words(word), first = [...word][0];
    return list.filter((known) => [...known][0] === first).map((known) => [known, stems.get(known)]);
  };

  // Where a stem stands: its rarity and [page, [[record, worth], …]] for each page.
  const places = new Map();
  const posted = async (stem) => {
    if (!places.has(stem)) {
      const file = before(head.stems, stem);
      const [rare, flat] = (await load(`places/${file}`))[stem - head.stems[file]];
      const pages = [];
      for (let at = 0, page = 0; at < flat.length;) {
        page += flat[at];
        const records = [], count = flat[at + 1];
        at += 2;
        for (let n = 0, record = 0; n < count; n++, at += 2) {
          record += flat[at];
          records.push([record, flat[at + 1]]);
        }
        pages.push([page, records]);
      }
      places.set(stem, { rare, pages });
    }
    return places.get(stem);
  };

  // What a page says. An id is looked for in the one file that can hold it.
  const texts = new Map(), numbers = new Map();
  const text = async (file) => {
    const rows = await load(`texts/${file}`);
    rows.forEach(([id, title, href, area, summary, records, apart], at) => {
      const page = { number: head.pages[file] + at, id, title, href, area, summary, records, apart };
      texts.set(page.number, page);
      numbers.set(id, page);
    });
  };
  const page = async (number) => {
    if (!texts.has(number)) await text(before(head.pages, number));
    return texts.get(number);
  };
  const pageOf = async (id) => {
    const file = compare(id, head.ids[0] ?? "") < 0 ? -1 : head.ids.findLastIndex((first) => compare(first, id) <= 0);
    if (!numbers.has(id) && file >= 0) await text(file);
    return numbers.get(id);
  };

  // How many slips lie between two words (optimal string alignment).
  const distance = (one, other) => {
    let older = [], old = other.map((_, at) => at).concat(other.length);
    for (let i = 0; i < one.length; i++) {
      const row = [i + 1];
      for (let j = 0; j < other.length; j++) {
        row[j + 1] = Math.min(old[j] + (one[i] !== other[j]), old[j + 1] + 1, row[j] + 1);
        if (i && j && one[i - 1] === other[j] && one[i] === other[j - 1]) row[j + 1] = Math.min(row[j + 1], older[j - 1] + 1);
      }
      [older, old] = [old, row];
    }
    return old[other.length];
  };

  // What a word that stands nowhere may stand for: the words, what each counts, and why.
  const guesses = async (word, typing) => {
    const own = [...word];
    const beginnings = async (least) => own.length < least ? [] : (await sameLetter(word)).filter(([known]) => known.startsWith(word));
    const slips = async (most) => own.length < [0, 4, 8][most] ? [] : (await sameLetter(word)).filter(([known]) => {
      const other = [...known];
      return Math.abs(other.length - own.length) <= most && distance(own, other) <= most;
    });
    const forms = async () => {
      let best = 0, found = [];
      for (const entry of await sameLetter(word)) {
        const known = [...entry[0]];
        let same = 0;
        while (same < own.length && same < known.length && own[same] === known[same]) same++;
        if (same < 4 || own.length - same > 4 || known.length - same > 5 || same < best) continue;
        if (same > best) found = [];
        best = same;
        found.push(entry);
      }
      return found;
    };
    const tries = [
      ...(typing ? [[() => beginnings(2), 14, "beginning"]] : []),
      [() => slips(1), 12, "slip"], [forms, 13, "form"], [() => slips(2), 10, "slip"], [() => beginnings(4), 10, "beginning"],
    ];
    for (const [find, worth, why] of tries) {
      const found = await find();
      if (found.length) return [found, worth, why];
    }
    return null;
  };

  const synonyms = async (asked, widened) => {
    const found = new Map();
    for (const group of head.synonyms) {
      for (const phrase of group) {
        const at = asked.findIndex((_, at) => at + phrase.length <= asked.length && phrase.every((word, n) => asked[at + n].word === word));
        if (at < 0) continue;
        const others = group.filter((other) => other !== phrase), stems = [];
        for (const word of others.flat()) {
          const stem = await stemOf(word);
          if (stem !== undefined) stems.push([stem, 10]);
        }
        found.set(at, [...(found.get(at) ?? []), ...stems]);
        if (stems.length) widened.push({ word: phrase.join(" "), as: others.map((other) => other.join(" ")).join(", "), why: "synonym" });
      }
    }
    return found;
  };

  // What each word of a question stands for: stems, and what each counts, in sixteenths.
  const understand = async (question) => {
    const asked = tokens(question).slice(0, MOST), typing = !/\s$/u.test(question);
    const missing = [], widened = [], groups = [];
    const also = await synonyms(asked, widened);
    for (const [at, { word, at: [from, to] }] of asked.entries()) {
      const meant = new Map(), stem = await stemOf(word), other = also.get(at);
      if (stem !== undefined) meant.set(stem, 16);
      else if (!other && [...word].length > 1 && !fillers.has(word)) {
        const last = at === asked.length - 1 && typing, typed = question.slice(from, to);
        const guess = await guesses(word, last);
        if (!guess) missing.push(typed);
        else {
          const [found, worth, why] = guess, shown = [];
          for (const [known, stem] of found) {
            if (meant.size >= MEANT || meant.has(stem)) continue;
            meant.set(stem, worth);
            shown.push(known);
          }
          if (why !== "beginning" || !last) widened.push({ word: typed, as: shown.slice(0, 3).join(", "), why });
        }
      }
      for (const [stem, worth] of other ?? []) if (!meant.has(stem)) meant.set(stem, worth);
      const sorted = [...meant].sort(([one], [other]) => one - other), key = JSON.stringify(sorted);
      if (sorted.length && !groups.some((group) => group.key === key)) groups.push({ key, meant: sorted });
    }
    return { groups: groups.map(({ meant }) => meant), missing, widened };
  };

  const entry = (map, key, make) => {
    if (!map.has(key)) map.set(key, make());
    return map.get(key);
  };
  const raise = (map, key, value) => map.set(key, Math.max(map.get(key) ?? 0, value));
  const sum = () => ({ score: 0, records: new Map() });

  // Add what groups of stems come to, page by page.
  const add = async (groups, share, sums) => {
    for (const meant of groups) {
      const best = new Map();
      for (const [stem, worth] of meant) {
        const { rare, pages } = await posted(stem), own = div(rare * worth * share, 16);
        for (const [page, records] of pages) {
          const noted = entry(best, page, sum);
          const all = records.reduce((all, [, worth]) => all + worth, 0);
          noted.score = Math.max(noted.score, div(own * all, all + ENOUGH));
          for (const [record, worth] of records) raise(noted.records, record, div(own * Math.min(worth, WORTH), USUAL));
        }
      }
      for (const [page, { score, records }] of best) {
        const total = entry(sums, page, sum);
        total.score += score;
        for (const [record, score] of records) total.records.set(record, (total.records.get(record) ?? 0) + score);
      }
    }
  };
  const most = (records) => Math.max(0, ...records.values());

  // Add what ticked signals come to; those that there are, by page.
  const tick = async (ticks, sums) => {
    const ticked = new Map();
    for (const name of ticks) {
      const at = name.indexOf("#"), own = at < 0 ? null : await pageOf(name.slice(0, at));
      const anchor = name.slice(at + 1);
      const number = own?.records.findIndex(([sort, , href]) => sort === SIGNAL && decodeURIComponent(href ?? "") === anchor) ?? -1;
      if (number < 0 || ticked.get(own.number)?.has(number)) continue;
      entry(ticked, own.number, () => new Set()).add(number);
      const stems = new Set();
      for (const { word } of tokens(own.records[number][1])) {
        const stem = await stemOf(word);
        if (stem !== undefined) stems.add(stem);
      }
      const like = new Map();
      await add([...stems].sort((one, other) => one - other).map((stem) => [[stem, 16]]), LIKE, like);
      for (const [page, { records }] of like) if (page !== own.number) entry(sums, page, sum).score += most(records);
      entry(sums, own.number, sum).score += TICKED;
    }
    return ticked;
  };

  const code = (row, page) => row.charCodeAt(page) - 65;
  const answer = async ({ text, ticks = [], kind, stage, finder }) => {
    await ready();
    const { groups, missing, widened } = await understand(text), sums = new Map();
    await add(groups, 16, sums);
    const ticked = await tick(ticks, sums);
    const wanted = (page) => (!finder || code(head.ranked, page)) &&
      (!kind || head.kinds[code(head.kind, page)] === kind) && (!stage || head.stages[code(head.stage, page)] === stage);
    const ranked = [...sums].filter(([page, { records }]) => wanted(page) && (records.size || ticked.has(page))).map(([page, { score, records }]) =>
      ({ page, records, score: div((score + most(records)) * code(head.share, page), 16) }));
    ranked.sort((one, other) => other.score - one.score || one.page - other.page);
    return { ranked, ticked, missing, widened, stems: new Set(groups.flat().map(([stem]) => stem)) };
  };

  const marks = (text, stems) => tokens(text).filter(({ word }) => {
    for (const { stems: known } of vocabulary.values()) if (known.has(word)) return stems.has(known.get(word));
    return false;
  }).map(({ at }) => at);

  // A page with the records that answer best.
  const found = async ({ page: number, records }, { stems, ticked }) => {
    const own = await page(number), seen = ticked.get(number) ?? new Set();
    const order = [...records].filter(([record]) => !seen.has(record)).map(([record, score]) => ({ record, score, ticked: false }));
    for (const record of seen) order.push({ record, score: 0, ticked: true });
    order.sort((one, other) => other.ticked - one.ticked || other.score - one.score || one.record - other.record);
    const lines = order.slice(0, HITS).map(({ record, ticked }) => {
      const [sort, text, anchor] = own.records[record];
      return { sort, text, marks: marks(text, stems), href: anchor === null ? own.href : `${own.href}#${anchor}`, ticked };
    });
    return { own, lines };
  };

  const TYPES = ["Title", "Also called", "Summary", "Signal", "Why", "What helps", "Nearby", "Get help", "Tag", "Text"];
  const types = () => mendbook.data.words?.types ?? TYPES;
  const engine = {
    async search({ q, kind, stage }, most) {
      const answered = await answer({ text: q, kind, stage, finder: false });
      const hits = await Promise.all(answered.ranked.slice(0, most).map(async (ranked) => {
        const { own, lines } = await found(ranked, answered);
        const named = lines.filter(({ sort }) => sort !== TITLE);
        return {
          id: own.id, title: own.title, marks: marks(own.title, answered.stems), href: own.href, note: own.area ?? "",
          lines: named.map((line) => ({ ...line, type: types()[line.sort] ?? "" })),
        };
      }));
      return { hits, total: answered.ranked.length, missing: answered.missing, widened: answered.widened };
    },
    async rank({ text, ticks }) {
      const answered = await answer({ text, ticks, finder: true });
      return Promise.all(answered.ranked.slice(0, 10).map(async (ranked) => {
        const { own, lines } = await found(ranked, answered);
        const signals = lines.filter(({ sort }) => sort === SIGNAL).map(({ text, ticked }) => ({ text, ticked }));
        return { id: own.id, title: own.title, href: own.href, summary: own.summary ?? "", signals };
      }));
    },
    between(one, other) {
      return numbers.get(one)?.apart[other] ?? numbers.get(other)?.apart[one] ?? null;
    },
    async item(name) {
      await ready();
      const at = name.indexOf("#"), own = await pageOf(name.slice(0, at));
      return own?.records.find(([sort, , anchor]) => sort === SIGNAL && decodeURIComponent(anchor ?? "") === name.slice(at + 1))?.[1];
    },
    async choices() {
      await ready();
      const kinds = mendbook.data.words?.kinds ?? {}, stages = mendbook.data.words?.stages ?? {};
      return { kinds: head.kinds.map((kind) => [kind, kinds[kind] ?? kind]), stages: head.stages.map((stage) => [stage, stages[stage] ?? stage]) };
    },
  };
  mendbook.give("search", engine);
})();
