/* est-sok.js: the search of /sok/. One index, fetched from this site the first time it is needed; what is asked
   for stays in the browser. The rules of stems are those of est_build/site/stem.py, and a test compares them.
   Text from data is only ever set as textContent or an attribute. */
(function () {
  "use strict";
  var root = new URL("../", document.currentScript.src);
  var MOST = 20;
  var VOWELS = "aeiouyäåö";
  var ENDINGS = ("a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas " +
    "ernas ornas es ades andes ens arens hetens erns at andet het ast et ets an ans").split(" ")
    .sort(function (a, b) { return b.length - a.length || (a < b ? -1 : 1); });
  var DOUBLE = ["dd", "gd", "nn", "dt", "gt", "kt", "tt"];
  var LAST = [["lig", 0], ["els", 0], ["ig", 0], ["löst", 3], ["fullt", 4]];
  var WORD = /[a-zà-öø-ÿ][a-zà-öø-ÿ0-9]*|\d{4}-\d{3}/g;

  function fold(word) {
    return word.replace(/[åäöéüæø]/g, function (c) { return "aaoeuao"["åäöéüæø".indexOf(c)]; });
  }

  function region(word) {
    for (var i = 1; i < word.length; i += 1) {
      if (VOWELS.indexOf(word[i]) < 0 && VOWELS.indexOf(word[i - 1]) >= 0) { return Math.max(3, i + 1); }
    }
    return word.length;
  }

  function withoutEnding(word, start) {
    for (var i = 0; i < ENDINGS.length; i += 1) {
      if (word.endsWith(ENDINGS[i]) && word.length - ENDINGS[i].length >= start) { return word.slice(0, -ENDINGS[i].length); }
    }
    var s = word.endsWith("s") && word.length - 1 >= start && "bcdfghjklmnoprtvy".indexOf(word[word.length - 2]) >= 0;
    return s ? word.slice(0, -1) : word;
  }

  function stem(word) {
    var start = region(word);
    word = withoutEnding(word, start);
    if (DOUBLE.some(function (end) { return word.endsWith(end); }) && word.length - 2 >= start) { word = word.slice(0, -1); }
    var last = LAST.find(function (row) { return word.endsWith(row[0]) && word.length - row[0].length >= start; });
    if (last) { word = word.slice(0, word.length - last[0].length + last[1]); }
    return fold(word);
  }

  /* One letter too many, too few, wrong, or two that have changed places. */
  function almost(a, b) {
    if (Math.abs(a.length - b.length) > 1) { return false; }
    var i = 0;
    while (i < a.length && a[i] === b[i]) { i += 1; }
    var rest = function (x, y) { return a.slice(i + x) === b.slice(i + y); };
    return rest(1, 1) || rest(1, 0) || rest(0, 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(2, 2));
  }

  function element(name, css, text) {
    var el = document.createElement(name);
    if (css) { el.className = css; }
    if (text) { el.textContent = text; }
    return el;
  }

  /* Words of the index that a word of the question may stand for, with how well. */
  function candidates(index, word) {
    var wanted = stem(word), raw = fold(word), found = [];
    var twin = index.lika[wanted];
    index.ord.forEach(function (known, at) {
      var worth = 0;
      if (known === wanted) { worth = 1; }
      else if (known === twin) { worth = 0.9; }
      else if (raw.length >= 2 && known.startsWith(raw)) { worth = 0.7; }
      else if (wanted.length >= 3 && known.startsWith(wanted)) { worth = 0.6; }
      else if (wanted.length >= 4 && known.length > wanted.length && known.endsWith(wanted)) { worth = 0.5; }
      else if (wanted.length >= 6 && known.indexOf(wanted) > 0) { worth = 0.5; }
      else if (known.length >= 6 && wanted.length > known.length && wanted.endsWith(known)) { worth = 0.4; }
      if (worth) { found.push([at, worth]); }
    });
    if (found.length || wanted.length < 4) { return found; }
    index.ord.forEach(function (known, at) {
      if (known.length >= 4 && almost(known, wanted)) { found.push([at, 0.3]); }
    });
    return found;
  }

  /* Page number -> points for one word of the question. A rare word tells more than a common one. */
  function points(index, word) {
    var total = index.sidor.length, result = new Map();
    candidates(index, word).forEach(function (pair) {
      var row = index["var"][pair[0]], page = 0;
      var rare = Math.log(1 + total / row.length);
      row.forEach(function (number) {
        page += number >> 2;
        var worth = pair[1] * rare * [0, 1, 3, 8][number & 3];
        result.set(page, Math.max(worth, result.get(page) || 0));
      });
    });
    return result;
  }

  function search(index, question, filters) {
    var words = question.replace(/\u00ad/g, "").toLowerCase().match(WORD) || [];
    var each = words.map(function (word) { return points(index, word); });
    var told = each.filter(function (found) { return found.size; });
    var hits = [];
    index.sidor.forEach(function (page, at) {
      if (filters.slag && index.slag[page[3]] !== filters.slag) { return; }
      if (filters.plats && !page[4].some(function (i) { return index.platser[i] === filters.plats; })) { return; }
      if (filters.ar && page[5] !== filters.ar) { return; }
      if (!words.length) { hits.push([0, at]); return; }
      if (!told.length || !told.every(function (found) { return found.has(at); })) { return; }
      hits.push([told.reduce(function (sum, found) { return sum + found.get(at); }, 0), at]);
    });
    // Of two as good, the later address: for pages with a year in the address, the newest.
    hits.sort(function (a, b) { return b[0] - a[0] || b[1] - a[1]; });
    var missing = words.filter(function (word, i) { return !each[i].size; });
    return { hits: hits.map(function (hit) { return index.sidor[hit[1]]; }), missing: told.length ? missing : [], asked: words.length };
  }

  function picker(id, label, every, values) {
    var part = element("p", "sok__val");
    var select = element("select");
    var name = element("label", "", label);
    select.id = id;
    name.htmlFor = id;
    [["", every]].concat(values.map(function (v) { return [v, v]; })).forEach(function (pair) {
      var option = element("option", "", pair[1]);
      option.value = pair[0];
      select.appendChild(option);
    });
    part.appendChild(name);
    part.appendChild(select);
    return [part, select];
  }

  function hit(index, page) {
    var item = element("li", "sok__traff");
    var link = element("a", "", page[1]);
    link.href = new URL(page[0] || "./", root);
    item.appendChild(element("p", "overrad", index.slag[page[3]] + (page[5] ? " · " + page[5] : "")));
    var head = element("p", "sok__titel");
    head.appendChild(link);
    item.appendChild(head);
    item.appendChild(element("p", "svag", page[2]));
    return item;
  }

  function start(box) {
    var form = element("div", "sok__falt");
    var label = element("label", "", "Vad söker du?");
    var input = element("input");
    input.type = "search";
    input.id = "sok-ord";
    input.autocomplete = "off";
    input.spellcheck = false;
    label.htmlFor = input.id;
    form.appendChild(label);
    form.appendChild(input);
    var rows = element("div", "sok__rad");
    var status = element("p", "sok__las");
    status.setAttribute("role", "status");
    var list = element("ol", "sok__lista");
    var more = element("button", "knapp", "Visa fler träffar");
    more.type = "button";
    more.hidden = true;
    box.textContent = "";
    [form, rows, status, list, more].forEach(function (part) { box.appendChild(part); });
    box.hidden = false;
    var index = null, pickers = {}, shown = MOST, result = null;

    function parameters() {
      var wanted = new URLSearchParams();
      if (input.value.trim()) { wanted.set("q", input.value.trim()); }
      Object.keys(pickers).forEach(function (key) { if (pickers[key].value) { wanted.set(key, pickers[key].value); } });
      return wanted.toString();
    }

    function fill() {
      var before = list.childElementCount;
      result.hits.slice(before, shown).forEach(function (page) { list.appendChild(hit(index, page)); });
      more.hidden = result.hits.length <= shown;
    }

    function ask() {
      var filters = {};
      Object.keys(pickers).forEach(function (key) { filters[key] = pickers[key].value; });
      var query = parameters();
      history.replaceState(null, "", query ? "?" + query : location.pathname);
      list.textContent = "";
      shown = MOST;
      result = search(index, input.value, filters);
      if (!query) { result.hits = []; }
      var count = result.hits.length;
      var said = !query ? "" : count === 0 ? "Inga träffar. Pröva ett annat ord, färre val eller listan från A till Ö." :
        count === 1 ? "1 träff." : count + " träffar.";
      if (count && result.missing.length) { said += " Finns inte på sidorna: " + result.missing.join(", ") + "."; }
      status.textContent = said;
      fill();
    }

    more.addEventListener("click", function () {
      var first = list.childElementCount;
      shown += MOST;
      fill();
      list.children[first].querySelector("a").focus();
    });
    status.textContent = "Hämtar sökregistret.";
    return fetch(new URL(box.dataset.register, root)).then(function (answer) {
      if (!answer.ok) { throw new Error("sökregistret saknas"); }
      return answer.json();
    }).then(function (value) {
      index = value;
      index.ord = index.ord.split(" ");
      var years = index.sidor.map(function (page) { return page[5]; }).filter(Boolean);
      [["slag", "Sorts sida", "Alla", index.slag],
        ["plats", "Område", "Alla", index.platser.slice().sort(new Intl.Collator("sv").compare)],
        ["ar", "År", "Alla", Array.from(new Set(years)).sort().reverse()]].forEach(function (row) {
        var pair = picker("sok-" + row[0], row[1], row[2], row[3]);
        pickers[row[0]] = pair[1];
        rows.appendChild(pair[0]);
        pair[1].addEventListener("change", ask);
      });
      var given = new URLSearchParams(location.search);
      input.value = given.get("q") || "";
      Object.keys(pickers).forEach(function (key) { pickers[key].value = given.get(key) || ""; if (pickers[key].selectedIndex < 0) { pickers[key].value = ""; } });
      var waiting = 0;
      input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
      ask();
    }).catch(function (error) {
      box.hidden = true;
      console.warn("Sökningen kunde inte starta:", error.message);
    });
  }

  window.estSok = { stam: stem, sok: search };
  var box = document.querySelector("[data-register]");
  if (box) { start(box); }
}());
