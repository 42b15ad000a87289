/* The map to explore: shared outlines and a file of values, drawn with Leaflet.
   Nothing here is needed to read the page: without it the still map and its table stay.
   Text from data is only ever set as textContent or an attribute. */
(function () {
  "use strict";
  var root = new URL("../", document.currentScript.src);
  var HIDDEN = "under visningsgränsen";
  var LAND = { interactive: false, keyboard: false };

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
    layer("omgivning", "k-grann").addTo(map);
    var whole = layer("kommun", "k-kommun").addTo(map);
    layer("omrade", "k-omrade").addTo(map);
    layer("kommun", "k-grans").addTo(map);
    return whole.getBounds();
  }

  /* Diagonal lines for numbers that are not shown; est.css fills the circle with them. */
  function hatch(map) {
    var svg = map.getPane("overlayPane").querySelector("svg");
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

  /* Each name takes the first side of its circle where it is inside the map and covers nothing. A name that
     finds none is hidden; the first in the list go first. */
  function thin(map, places) {
    var edge = map.getContainer().getBoundingClientRect();
    var taken = places.map(function (place) { return [place, place.circle.getElement().getBoundingClientRect()]; });
    map.getContainer().parentNode.querySelectorAll(".leaflet-control, .webbkarta__ex, .k-nummer").forEach(function (el) {
      taken.push([null, el.getBoundingClientRect()]);
    });
    places.forEach(function (place) {
      var el = place.text.getElement();
      var found = ["right", "left", "bottom", "top"].some(function (side) {
        place.side(side);
        var box = el.getBoundingClientRect();
        if (box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom) { return false; }
        if (taken.some(function (other) { return other[0] !== place && meet(box, other[1]); })) { return false; }
        taken.push([null, box]);
        return true;
      });
      el.classList.toggle("k-undan", !found);
    });
  }

  function Place(map, feature, href, number) {
    var p = feature.properties;
    this.name = p.namn;
    this.tip = element("span");
    this.label = element("span", "", p.kort);
    this.circle = L.circleMarker([p.punkt[1], p.punkt[0]], { className: "k-cirkel", radius: 3 }).addTo(map);
    this.circle.bindTooltip(this.tip, { direction: "top", className: "k-tips", opacity: 1 });
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
    this.gap = r - 3;
    this.side("right");
  };

  Place.prototype.side = function (side) {
    this.text.options.direction = side;
    this.text.options.offset = {
      right: [this.gap, 0], left: [-this.gap, 0], bottom: [0, this.gap], top: [0, -this.gap]
    }[side];
    this.text.update();
  };

  function chooser(box, choices, show) {
    var group = element("fieldset", "val");
    group.appendChild(element("legend", "", "Period"));
    var list = element("div", "val__rad");
    choices.forEach(function (choice, index) {
      var input = element("input");
      input.type = "radio";
      input.name = box.id;
      input.id = box.id + "-" + index;
      input.checked = index === 0;
      input.addEventListener("change", function () { show(choice); });
      var label = element("label", "", choice.text);
      label.htmlFor = input.id;
      list.appendChild(input);
      list.appendChild(label);
    });
    group.appendChild(list);
    box.appendChild(group);
  }

  function draw(map, wrapper, shapes, values) {
    var choices = element("div");
    choices.id = wrapper.dataset.karta + "-val";
    wrapper.insertBefore(choices, wrapper.firstChild);
    wrapper.classList.add("live");
    map.attributionControl && map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: "Zooma in", zoomOutTitle: "Zooma ut" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.invalidateSize();
    var bounds = outlines(map, shapes);
    map.fitBounds(bounds, { animate: false, padding: [10, 10] });
    map.setMinZoom(map.getZoom() - 0.5);
    map.setMaxBounds(bounds.pad(0.5));
    var features = shapes.features.filter(function (f) { return f.properties.punkt; });
    var places = features.map(function (f) {
      return [f.properties.id, new Place(map, f, values.lankar[f.properties.id], values.nummer[f.properties.id])];
    });
    var towns = function (wanted) {
      return function (pair, index) { return features[index].properties.tatort === wanted; };
    };
    var order = places.filter(towns(true)).concat(places.filter(towns(false)))
      .map(function (pair) { return pair[1]; });
    hatch(map);
    var status = wrapper.querySelector(".webbkarta__las");
    var show = function (choice) {
      places.forEach(function (pair) { pair[1].show(choice.celler[pair[0]], choice.skala); });
      // Each period has its own scale: say what the largest circle stands for.
      var largest = Object.keys(choice.celler).map(function (key) { return choice.celler[key]; })
        .reduce(function (a, b) { return b && (!a || b[1] > a[1]) ? b : a; }, null);
      status.textContent = choice.titel + (largest ? " Största cirkeln: " + largest[2] + " rapporter." : "");
      thin(map, order);
    };
    map.on("zoomend moveend", function () { thin(map, order); });
    chooser(choices, values.val, show);
    show(values.val[0]);
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", "Karta. Tabba mellan områdena, öppna med Enter.");
  }

  window.estKarta = {
    options: function () {
      var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      return { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still };
    },
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
