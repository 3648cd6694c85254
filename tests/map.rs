//! The map at every size: what is drawn, what is listed, what a script loads; and a constellation that is always the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use mendbook::layout::{Sky, Star, Weave};
use mendbook::route::Route;
use mendbook::site::Site;
use serde_json::Value;
use support::many::{handbook, write};
use tempfile::TempDir;

/// Bytes that a page of the map may have.
const MOST: usize = 300 << 10;

fn read(folder: &TempDir) -> Site {
    support::read(folder.path(), None, Vec::new())
}

/// The addresses of a site below `prefix`.
fn below<'s>(site: &'s Site, prefix: &str) -> Vec<&'s str> {
    site.outputs.keys().map(Route::path).filter(|path| path.starts_with(prefix)).collect()
}

/// The map as a template gets it.
fn map(site: &Site, address: &str) -> Value {
    let (template, view) = site.view(&Route::made(address)).unwrap();
    assert_eq!(template, "map.html");
    serde_json::to_value(&view).unwrap()["made"].clone()
}

fn sky(site: &Site) -> Sky {
    Sky::new(&site.handbook, &Weave::new(&site.handbook, &site.graph, &site.kin))
}

#[test]
fn one_page_alone_has_no_map_and_no_menu_names_one() {
    let site = read(&handbook(1, 1));
    assert_eq!(below(&site, "map"), [""; 0]);
    assert!(!support::text(&site, "index.html").contains("map.html"));
}

#[test]
fn a_small_handbook_is_drawn_on_one_page() {
    let site = read(&handbook(60, 4));
    assert_eq!(below(&site, "map"), ["map.html"]);
    assert_eq!(below(&site, "assets/map/"), [""; 0]);
    let map = map(&site, "map.html");
    assert_eq!((map["drawn"].as_bool(), map["count"].as_u64()), (Some(true), Some(60)));
    assert!(map["sky"].is_object() && map["data"].is_null());
    let text = support::text(&site, "map.html");
    assert!(text.len() < MOST && !text.contains("map.js"), "{} bytes", text.len());
}

#[test]
fn above_sixty_patterns_each_area_has_a_page() {
    let site = read(&handbook(200, 4));
    let area = map(&site, "map/patterns.area-1.html");
    assert_eq!((area["drawn"].as_bool(), area["area"]["title"].as_str()), (Some(true), Some("Area 1")));
    let rows = area["areas"][0]["rows"].as_array().unwrap();
    let elsewhere = rows.iter().flat_map(|row| row["elsewhere"].as_array().unwrap()).next().unwrap();
    let there = Route::made(format!("map/{}", elsewhere["href"].as_str().unwrap()));
    assert!(site.outputs.contains_key(&there), "{there:?}");
    let whole = map(&site, "map.html");
    assert_eq!((whole["drawn"].as_bool(), whole["table"].as_array().map(Vec::len)), (Some(false), Some(4)));
    assert!(site.outputs.contains_key(&Route::made("map/index.html")));
}

#[test]
fn what_is_too_much_to_draw_is_listed_and_looked_up() {
    let site = read(&handbook(700, 3));
    let area = map(&site, "map/patterns.area-1.html");
    assert_eq!(area["drawn"], false);
    assert_eq!(area["areas"][0]["rows"].as_array().unwrap().len(), 233);
    let whole = map(&site, "map.html");
    assert_eq!((&whole["sky"], &whole["data"]["sky"]), (&Value::Null, &Value::Bool(true)));
    let data = below(&site, "assets/map/");
    assert_eq!(data.len(), 1 + 1 + 1 + 7, "{data:?}");
    for path in data {
        let text = support::text(&site, path);
        let inside = text.strip_prefix("mendbook.give(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
        serde_json::from_str::<Value>(&format!("[{inside}]")).unwrap();
    }
    for path in below(&site, "map").into_iter().filter(|path| path.ends_with(".html")) {
        let bytes = support::text(&site, path).len();
        assert!(bytes < MOST, "{path} has {bytes} bytes");
    }
}

#[test]
fn the_table_counts_each_thread_once_for_each_of_its_areas() {
    let map = map(&read(&handbook(200, 4)), "map.html");
    let count = |line: usize, cell: usize| map["table"][line]["cells"][cell]["count"].as_u64().unwrap();
    let threads: u64 = map["threads"].as_array().unwrap().iter().map(|tie| tie["count"].as_u64().unwrap()).sum();
    let mut sum = 0;
    for one in 0..4 {
        for other in 0..=one {
            assert_eq!(count(one, other), count(other, one));
            sum += count(one, other);
        }
    }
    assert_eq!(sum, threads);
}

#[test]
fn the_constellation_is_the_same_for_any_number_of_threads() {
    let site = read(&handbook(300, 5));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| sky(&site).stars)
    };
    let one = on(1);
    assert_eq!(one.len(), 300);
    for threads in [2, 3, 8] {
        assert_eq!(on(threads), one);
    }
}

#[test]
fn a_small_edit_moves_the_constellation_little() {
    let folder = handbook(300, 5);
    let before = read(&folder);
    write(folder.path(), (2, 1000), "+++\ntitle = \"One more\"\n+++\nAbout [[Pattern 7]] and [[Pattern 12]].\n");
    let after = read(&folder);
    let (old, new) = (sky(&before), sky(&after));
    let moved = |star: &Star| {
        let id = after.handbook.by_id(before.handbook.page(star.page).unwrap().id()).unwrap();
        let there = new.stars.iter().find(|other| other.page == id).unwrap();
        (there.at.x - star.at.x).hypot(there.at.y - star.at.y) / old.width
    };
    let (edited, others): (Vec<&Star>, Vec<&Star>) = old.stars.iter().partition(|star| star.cluster == 2);
    let most = |stars: &[&Star]| stars.iter().map(|star| moved(star)).fold(0.0, f64::max);
    // In the area itself many pages get other cards, and still find their places near to the old ones.
    let (within, without) = (most(&edited), most(&others));
    assert!(without < 0.02, "a page of another area moves by {without:.4} of the drawing's width");
    assert!(within < 0.12, "a page of the area moves by {within:.4} of the drawing's width");
}

#[test]
fn pages_of_an_area_lie_together() {
    let sky = sky(&read(&handbook(300, 5)));
    for star in &sky.stars {
        let cluster = &sky.clusters[star.cluster];
        let far = (star.at.x - cluster.at.x).hypot(star.at.y - cluster.at.y);
        assert!(far <= cluster.radius, "{star:?} is outside of {cluster:?}");
        let inside = star.at.x > 0.0 && star.at.x < sky.width && star.at.y > 0.0 && star.at.y < sky.height;
        assert!(inside, "{star:?} is outside of the drawing");
    }
}

#[test]
fn the_network_for_programs_names_every_page_and_every_tie() {
    let site = read(&handbook(20, 2));
    let network: Value = serde_json::from_str(&support::text(&site, "graph.json")).unwrap();
    let nodes = network["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 20);
    assert_eq!(
        nodes[0],
        serde_json::json!({
            "id": "patterns/area-0/pattern-0", "route": "patterns/area-0/pattern-0.html", "title": "Pattern 0",
            "area": "Area 0", "kind": "pattern",
        })
    );
    let edges = network["edges"].as_array().unwrap();
    let from_first: Vec<(&str, &str)> = edges
        .iter()
        .filter(|edge| edge["from"] == nodes[0]["id"])
        .map(|edge| (edge["kind"].as_str().unwrap(), edge["to"].as_str().unwrap()))
        .collect();
    for wanted in [
        ("nearby", "patterns/area-0/pattern-4"),
        ("mentioned", "patterns/area-0/pattern-2"),
        ("mentioned", "patterns/area-1/pattern-1"),
    ] {
        assert!(from_first.contains(&wanted), "{from_first:?}");
    }
    assert!(!from_first.contains(&("mentioned", "patterns/area-0/pattern-4")), "a note is no mention");
    assert!(edges.iter().any(|edge| edge["kind"] == "related"));
}
