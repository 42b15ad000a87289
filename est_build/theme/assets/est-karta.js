/* The map to explore: shared outlines and a file of values, drawn with Leaflet.
   Nothing here is needed to read the page: without it the still map and its table stay.
   Text from data is only ever set as textContent or an attribute. */
(function () {
  "use strict";
  var root = new URL("../", document.currentScript.src);
  var HIDDEN = "under visningsgränsen";
  /* Where a name may stand: the side of its circle, and how much of its width it is moved along it. */
  var SIDES = [["right", 0], ["left", 0], ["bottom", 0], ["top", 0]];
  [0.22, -0.22, 0.44, -0.44].forEach(function (part) { SIDES.push(["bottom", part], ["top", part]); });

  function json(path) {
    return fetch(new URL(path, root)).then(function (answer) {
      if (!answer.ok) { throw new Error(path); }
      return answer.json();
    });
  }

  function element(name, css, text) {
    var el = document.createElement(name);
    if (css) { el.className = css; }
    if (text) { el.textContent = text; }
    return el;
  }

  function words(cell) {
    if (cell === undefined) { return "ingen uppgift"; }
    return cell ? cell[2] + " rapporter" : HIDDEN;
  }

  /* Radius in pixels: the same rule as in the still map. */
  function radius(cell, scale) {
    var shrink = document.documentElement.clientWidth < 480 ? 0.74 : 1;
    if (!cell) { return cell === null ? 6.2 * shrink : 3; }
    return Math.max(3.2, shrink * scale * Math.sqrt((cell[0] + cell[1]) / 2));
  }

  function outlines(map, shapes) {
    var level = function (name) {
      return function (feature) { return feature.properties.niva === name; };
    };
    var layer = function (name, css) {
      return L.geoJSON(shapes, { filter: level(name), style: { className: css }, interactive: false });
    };
    // Calm lines along the shore, the outermost first; the land covers their inner half.
    [[16, 0.8], [9.5, 0.9], [4, 1]].forEach(function (line) {
      [["k-strand", line[1]], ["k-vatten", -line[1]]].forEach(function (look) {
        L.geoJSON(shapes, {
          filter: function (feature) { return feature.properties.niva !== "omrade"; },
          style: { className: look[0], weight: 2 * line[0] + look[1], fill: false }, interactive: false
        }).addTo(map);
      });
    });
    layer("omgivning", "k-grann").addTo(map);
    var whole = layer("kommun", "k-kommun").addTo(map);
    layer("omrade", "k-omrade").addTo(map);
    layer("kommun", "k-grans").addTo(map);
    return whole.getBounds();
  }

  /* Diagonal lines for numbers that are not shown; est.css fills the circle with them. */
  function hatch(map) {
    var svg = map.getPane("overlayPane").querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", "Områden");
    var make = function (name, attributes) {
      var el = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.keys(attributes).forEach(function (key) { el.setAttribute(key, attributes[key]); });
      return el;
    };
    var pattern = make("pattern", { id: "k-streck", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.appendChild(make("rect", { width: 4, height: 4, "class": "f-land" }));
    pattern.appendChild(make("path", { d: "M1 0v4", "class": "s-linje2", "stroke-width": 1.2 }));
    svg.insertBefore(pattern, svg.firstChild);
  }

  function meet(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  /* Each name takes the first side of its circle where it is inside the map and covers nothing; its number goes
     before it does. The first in the list go first; on a phone only areas with a number have names. */
  function thin(map, places) {
    var edge = map.getContainer().getBoundingClientRect();
    var narrow = edge.width < 540;
    var taken = places.map(function (place) { return [place, place.circle.getElement().getBoundingClientRect()]; });
    map.getContainer().parentNode.querySelectorAll(".leaflet-control, .webbkarta__ex, .k-nummer, .k-ort span, .k-svar").forEach(function (el) {
      taken.push([null, el.getBoundingClientRect()]);
    });
    var outside = function (box) {
      return box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom;
    };
    var fits = function (place, side) {
      place.side(side);
      var box = place.text.getElement().getBoundingClientRect();
      if (outside(box)) { return false; }
      if (taken.some(function (other) { return other[0] !== place && meet(box, other[1]); })) { return false; }
      taken.push([null, box]);
      return true;
    };
    places.forEach(function (place) {
      var wanted = !narrow || place.shown || map.getZoom() > map.getMinZoom() + 1;
      var found = wanted && [true, false].some(function (whole) {
        if (whole && (narrow || !place.shown)) { return false; }
        place.number_.hidden = !whole;
        return SIDES.some(function (side) { return fits(place, side); });
      });
      place.text.getElement().classList.toggle("k-undan", !found);
      if (!found) { place.side(SIDES[0]); }
    });
    map.getContainer().querySelectorAll(".k-sjo span").forEach(function (el) {
      var box = el.getBoundingClientRect();
      el.classList.toggle("k-undan", outside(box) || taken.some(function (other) { return meet(box, other[1]); }));
    });
  }

  /* Moves a box sideways until it is inside the map. */
  function inside(map, el) {
    el.style.marginLeft = "";
    var edge = map.getContainer().getBoundingClientRect(), box = el.getBoundingClientRect();
    var move = Math.max(0, edge.left + 4 - box.left) - Math.max(0, box.right + 4 - edge.right);
    if (move) { el.style.marginLeft = parseFloat(getComputedStyle(el).marginLeft) + move + "px"; }
  }

  function Place(map, feature, href, number) {
    var p = feature.properties;
    this.name = p.namn;
    this.tip = element("span");
    this.label = element("span", "", p.kort);
    this.number_ = element("small", "k-antal");
    this.label.appendChild(this.number_);
    this.town = p.tatort;
    this.circle = L.circleMarker([p.punkt[1], p.punkt[0]], { className: "k-cirkel", radius: 3 }).addTo(map);
    this.circle.bindTooltip(this.tip, { direction: "top", className: "k-tips", opacity: 1 });
    this.circle.on("tooltipopen", function (event) { inside(map, event.tooltip.getElement()); });
    this.text = L.tooltip(this.circle.getLatLng(), {
      permanent: true, opacity: 1, direction: "right", className: "k-namn" + (p.tatort ? " k-namn--ort" : ""), content: this.label
    }).addTo(map);
    this.number = number;
    if (number !== undefined) {
      this.badge = L.marker(this.circle.getLatLng(), { interactive: false, keyboard: false, icon: L.divIcon() }).addTo(map);
    }
    var path = this.circle.getElement();
    var circle = this.circle;
    var go = function () { if (href) { location.href = new URL(href, root); } };
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", href ? "link" : "img");
    path.addEventListener("focus", function () { circle.openTooltip(); });
    path.addEventListener("blur", function () { circle.closeTooltip(); });
    path.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { go(); }
      if (event.key === "Escape") { circle.closeTooltip(); }
    });
    this.circle.on("click", go);
    this.text.getElement().setAttribute("aria-hidden", "true");
  }

  Place.prototype.show = function (cell, scale) {
    var path = this.circle.getElement();
    var r = radius(cell, scale);
    var said = this.name + ": " + words(cell) + (this.badge ? ", åtgärd " + this.number : "");
    this.circle.setRadius(r);
    if (this.badge) {
      var corner = (r + 6) * 0.7071 + 9;
      var disc = element("span", "", String(this.number));
      this.badge.setIcon(L.divIcon({ className: "k-nummer", html: disc, iconSize: [18, 18], iconAnchor: [corner, corner] }));
      this.badge.getElement().setAttribute("aria-hidden", "true");
    }
    path.classList.toggle("k-dold", cell === null);
    path.classList.toggle("k-utan", cell === undefined);
    path.setAttribute("aria-label", said);
    this.tip.textContent = said;
    this.shown = Boolean(cell);
    this.number_.textContent = cell ? cell[2] : "";
    this.gap = r - 3;
    this.side(SIDES[0]);
  };

  Place.prototype.side = function (side) {
    var gap = this.gap, text = this.text, aside = side[1] * text.getElement().offsetWidth;
    text.options.direction = side[0];
    text.options.offset = { right: [gap, 0], left: [-gap, 0], bottom: [aside, gap], top: [aside, -gap] }[side[0]];
    text.update();
  };

  Place.prototype.visible = function (map, on) {
    var parts = [this.circle, this.text].concat(this.badge ? [this.badge] : []);
    parts.forEach(function (part) { part.getElement().classList.toggle("k-borta", !on); });
    this.circle.getElement().setAttribute("tabindex", on ? "0" : "-1");
    this.circle.getElement().toggleAttribute("aria-hidden", !on);
  };

  /* A row of choices. The one that is chosen is kept in the address, so that a link leads to the same map. */
  function chooser(box, name, title, choices, chosen, show) {
    var group = element("fieldset", "val");
    group.appendChild(element("legend", "", title));
    var list = element("div", "val__rad");
    choices.forEach(function (choice, index) {
      var input = element("input");
      input.type = "radio";
      input.name = box.id + "-" + name;
      input.id = box.id + "-" + name + "-" + index;
      input.checked = choice.id === chosen;
      input.addEventListener("change", function () { show(choice.id); });
      var label = element("label", "", choice.text);
      label.htmlFor = input.id;
      list.appendChild(input);
      list.appendChild(label);
    });
    group.appendChild(list);
    box.appendChild(group);
    return group;
  }

  function picker(box, title, every, choices, chosen, show) {
    var part = element("p", "k-valj");
    var label = element("label", "", title);
    var select = element("select");
    select.id = box.id + "-kategori";
    label.htmlFor = select.id;
    [["", every]].concat(choices).forEach(function (pair) {
      var option = element("option", "", pair[1]);
      option.value = pair[0];
      select.appendChild(option);
    });
    select.value = chosen;
    select.addEventListener("change", function () { show(select.value); });
    part.appendChild(label);
    part.appendChild(select);
    box.appendChild(part);
    return part;
  }

  /* A link that stands on the map: what a municipality answered, or the number of an action. */
  function sign(point, css, href, content, said) {
    var link = element("a", css);
    link.href = new URL(href, root);
    link.setAttribute("aria-label", said);
    content.forEach(function (el) { link.appendChild(el); });
    var icon = L.divIcon({ className: "k-skylt", html: link, iconSize: null });
    return L.marker(point, { keyboard: false, icon: icon });
  }

  function answers(values, choice) {
    return L.layerGroup(Object.keys(values.kommuner).map(function (id) {
      var town = values.kommuner[id], said = choice.svar[id] || "ingen uppgift";
      var name = town[2].replace(/ kommun$/, "");
      return sign([town[1], town[0]], "k-svar", town[3], [element("b", "", name), element("span", "", said)], name + ": " + said + " svarade");
    }));
  }

  function actions(values, points) {
    var at = {}, group = L.layerGroup();
    values.atgarder.forEach(function (action) {
      action[3].forEach(function (area) { (at[area] = at[area] || []).push(action); });
    });
    values.atgarder.forEach(function (action) {
      action[3].forEach(function (area) {
        var p = points[area], place = at[area].indexOf(action) - (at[area].length - 1) / 2;
        var mark = sign([p.punkt[1], p.punkt[0]], "k-nummer k-nummer--stor", action[2],
          [document.createTextNode(action[0])], action[0] + ": " + action[1] + ", " + p.namn);
        mark.options.icon.options.iconAnchor = [14 - place * 30, 14];
        group.addLayer(mark);
      });
    });
    Object.keys(at).forEach(function (area) {
      var p = points[area], name = L.divIcon({ className: "k-ort", html: element("span", "", p.kort), iconSize: null });
      group.addLayer(L.marker([p.punkt[1], p.punkt[0]], { interactive: false, keyboard: false, icon: name }));
    });
    return group;
  }

  /* ---- Where am I: the outlines are here already, so the position need not leave the device. ---- */

  function inRing(x, y, ring) {
    var inside = false;
    for (var i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      var a = ring[i], b = ring[j];
      if ((a[1] > y) !== (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) { inside = !inside; }
    }
    return inside;
  }

  function areaAt(shapes, x, y) {
    return shapes.features.find(function (feature) {
      if (feature.properties.niva !== "omrade") { return false; }
      var geometry = feature.geometry;
      var parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      return parts.some(function (rings) {
        return inRing(x, y, rings[0]) && !rings.slice(1).some(function (hole) { return inRing(x, y, hole); });
      });
    });
  }

  /* Kilometres from a point to the outline of an area: borders are drawn coarsely, and a shore is no border. */
  function distance(feature, x, y) {
    var geometry = feature.geometry, least = Infinity, east = 111.32 * Math.cos(y * Math.PI / 180);
    (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).forEach(function (rings) {
      rings[0].forEach(function (b, i) {
        var a = rings[0][Math.max(0, i - 1)];
        var dx = (b[0] - a[0]) * east, dy = (b[1] - a[1]) * 111.32, px = (x - a[0]) * east, py = (y - a[1]) * 111.32;
        var part = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
        least = Math.min(least, Math.hypot(px - part * dx, py - part * dy));
      });
    });
    return least;
  }

  function nearest(shapes, x, y) {
    return shapes.features.filter(function (f) { return f.properties.niva === "omrade"; }).map(function (f) {
      return [distance(f, x, y), f];
    }).filter(function (pair) { return pair[0] < 1.5; }).sort(function (a, b) { return a[0] - b[0]; })[0];
  }

  var here = null;

  function locate(map, shapes, values, answer) {
    var tell = function (text, link) {
      answer.textContent = text;
      if (link) { answer.appendChild(link); }
    };
    if (!navigator.geolocation) { tell("Webbläsaren kan inte ta reda på platsen. Välj ditt område i tabellen."); return; }
    tell("Letar efter din plats.");
    navigator.geolocation.getCurrentPosition(function (found) {
      var x = found.coords.longitude, y = found.coords.latitude, feature = areaAt(shapes, x, y);
      var close = feature ? null : nearest(shapes, x, y);
      if (close) { feature = close[1]; }
      if (!feature) { tell("Du är utanför områdena på kartan. Välj område i tabellen."); return; }
      var p = feature.properties;
      var link = element("a", "", "Läs om " + p.namn);
      link.href = new URL(values.lankar[p.i || p.id], root);
      tell((close ? "Närmast dig är " : "Du är i ") + p.namn + ". ", link);
      if (here) { here.remove(); }
      here = L.geoJSON(feature, { style: { className: "k-har" }, interactive: false }).addTo(map);
      map.fitBounds(here.getBounds().pad(1.2), { animate: false });
    }, function (error) {
      tell(error.code === 1 ? "Du sa nej till att visa platsen. Välj ditt område i tabellen." : "Platsen gick inte att hitta. Välj ditt område i tabellen.");
    }, { maximumAge: 60000, timeout: 15000 });
  }

  function buttons(map, wrapper, bounds, shapes, values) {
    var row = element("div", "k-knappar");
    var button = function (text, said, act) {
      var el = element("button", "knapp", text);
      el.type = "button";
      if (said) { el.setAttribute("aria-label", said); }
      el.addEventListener("click", act);
      row.appendChild(el);
      return el;
    };
    var closer = button("+", "Zooma in", function () { map.zoomIn(0.75, { animate: false }); });
    var further = button("\u2212", "Zooma ut", function () { map.zoomOut(0.75, { animate: false }); });
    button("Hela kartan", "", function () { map.fitBounds(bounds, { animate: false, padding: [6, 6] }); });
    var answer = element("p", "k-har-text liten");
    answer.setAttribute("role", "status");
    button("Hitta mitt område", "", function () { locate(map, shapes, values, answer); });
    var mark = function () {
      closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
      further.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
    };
    map.on("zoomend", mark);
    mark();
    answer.textContent = "Platsen stannar i din egen apparat.";
    wrapper.querySelector(".webbkarta__yta").after(row, answer);
  }

  function draw(map, wrapper, shapes, values) {
    var choices = element("div", "k-valen");
    choices.id = wrapper.dataset.karta + "-val";
    wrapper.insertBefore(choices, wrapper.firstChild);
    wrapper.classList.add("live");
    map.attributionControl && map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 70, position: "bottomright" }).addTo(map);
    map.invalidateSize();
    map.setMaxZoom(13);
    var bounds = outlines(map, shapes);
    map.fitBounds(bounds, { animate: false, padding: [6, 6] });
    map.setMinZoom(map.getZoom() - 0.25);
    map.setMaxBounds(bounds.pad(0.5));
    // The whole map has nowhere to go: a finger on it scrolls the page.
    var whole = map.getZoom();
    var loosen = function () { map.dragging[map.getZoom() > whole + 0.1 ? "enable" : "disable"](); };
    map.on("zoomend", loosen);
    loosen();
    var features = shapes.features.filter(function (f) { return f.properties.punkt; });
    var points = {};
    var places = features.map(function (f) {
      points[f.properties.id] = f.properties;
      return [f.properties.id, new Place(map, f, values.lankar[f.properties.id], values.nummer[f.properties.id])];
    });
    values.vatten.forEach(function (water) {
      L.marker([water[2], water[1]], { interactive: false, keyboard: false, icon: L.divIcon({ className: "k-sjo", html: element("span", "", water[0]), iconSize: null }) }).addTo(map)
        .getElement().setAttribute("aria-hidden", "true");
    });
    hatch(map);
    var status = wrapper.querySelector(".webbkarta__las");
    var caption = wrapper.parentNode.querySelector("figcaption");
    var rank = function (place) { return place.town ? 0 : place.shown ? 1 : 2; };
    var arrange = function () {
      thin(map, state.visa !== "rapporter" ? [] : places.map(function (pair) { return pair[1]; }).sort(function (a, b) { return rank(a) - rank(b); }));
    };
    var given = new URLSearchParams(location.search);
    var pick = function (name, known, otherwise) {
      return known.indexOf(given.get(name)) >= 0 ? given.get(name) : otherwise;
    };
    var first = values.val[0].id, over = null, period, category;
    var state = {
      visa: pick("visa", ["rapporter", "svar", "atgarder"], "rapporter"),
      period: pick("period", values.val.map(function (v) { return v.id; }), first),
      kategori: pick("kategori", values.grupper.map(function (g) { return g[0]; }), "")
    };
    var show = function () {
      var choice = values.val.find(function (v) { return v.id === state.period; });
      var grouped = choice.grupper[state.kategori];
      var cells = grouped || choice.celler;
      var reports = state.visa === "rapporter";
      period.hidden = state.visa === "atgarder";
      category.hidden = !reports;
      if (over) { over.remove(); over = null; }
      places.forEach(function (pair) { pair[1].show(cells[pair[0]], choice.skala); pair[1].visible(map, reports); });
      if (state.visa === "svar") { over = answers(values, choice).addTo(map); }
      if (state.visa === "atgarder") { over = actions(values, points).addTo(map); }
      var said = choice.titel;
      if (state.visa === "atgarder") { said = "Pågående åtgärder. Numren är de i listan överst."; }
      if (state.visa === "svar") { said = "Så många organisationer svarade, " + choice.text.replace(/ /g, "\u00a0") + "."; }
      if (reports) {
        var name = (values.grupper.find(function (g) { return g[0] === state.kategori; }) || ["", ""])[1];
        if (grouped) { said = name + ": " + said; }
        if (name && !grouped) { said = "Under två veckor visas kategorier inte per område. Välj kvartal eller år. Kartan visar alla rapporter. " + said; }
        // Each period has its own scale: say what the largest circle stands for.
        var largest = Object.keys(cells).map(function (key) { return cells[key]; })
          .reduce(function (a, b) { return b && (!a || b[1] > a[1]) ? b : a; }, null);
        said += largest ? " Största cirkeln: " + largest[2] + " rapporter." : " Inget område har ett antal som kan visas.";
      }
      // An interval stays on one line.
      status.textContent = said.replace(/(\d)–(?=\d)/g, "$1–\u2060");
      if (caption) { caption.hidden = !(reports && state.period === first && !state.kategori); }
      arrange();
      var query = new URLSearchParams();
      if (state.visa !== "rapporter") { query.set("visa", state.visa); }
      if (state.period !== first && state.visa !== "atgarder") { query.set("period", state.period); }
      if (state.kategori && reports) { query.set("kategori", state.kategori); }
      history.replaceState(null, "", (query.toString() ? "?" + query : location.pathname) + location.hash);
    };
    var set = function (name) { return function (value) { state[name] = value; show(); }; };
    var layers = [{ id: "rapporter", text: "Rapporter" }, { id: "svar", text: "Svar" }, { id: "atgarder", text: "Åtgärder" }];
    chooser(choices, "visa", "Visa", layers, state.visa, set("visa"));
    period = chooser(choices, "period", "Period", values.val, state.period, set("period"));
    category = picker(choices, "Kategori", "Alla rapporter", values.grupper, state.kategori, set("kategori"));
    buttons(map, wrapper, bounds, shapes, values);
    map.on("zoomend moveend", arrange);
    show();
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", "Karta. Tabba mellan områdena, öppna med Enter.");
  }

  window.estKarta = {
    options: function () {
      var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      return { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still };
    },
    omrade: areaAt,
    rita: function (map, id) {
      var wrapper = document.querySelector('[data-karta="' + id + '"]');
      return Promise.all([json(wrapper.dataset.omraden), json(wrapper.dataset.varden)]).then(function (both) {
        draw(map, wrapper, both[0], both[1]);
      }).catch(function (error) {
        wrapper.classList.remove("live");
        console.warn("Kartan kunde inte ritas:", error.message);
      });
    }
  };
}());
