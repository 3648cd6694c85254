//! HTML, and the Markdown that says the same.

use super::from_html;

/// What `html` becomes, without the last line's end.
fn md(html: &str) -> String {
    from_html(html).trim_end().to_owned()
}

#[test]
fn blocks_are_parted_and_items_are_not() {
    assert_eq!(
        md("<h2>One</h2><p>a\nb</p><ul><li>c</li><li>d<ul><li>e</li></ul></li></ul>"),
        "## One\n\na b\n\n- c\n- d\n  - e"
    );
    assert_eq!(md("<ol start=\"3\"><li><p>c</p><p>d</p></li><li>e</li></ol>"), "3. c\n\n   d\n\n4. e");
    assert_eq!(md("<blockquote><p>a</p><p>b<br>c</p></blockquote><hr>"), "> a\n>\n> b\\\n> c\n\n___");
}

#[test]
fn two_lists_stay_two() {
    assert_eq!(md("<ul><li>a</li></ul><ul><li>b</li></ul><p>x</p><ul><li>c</li></ul>"), "- a\n\n* b\n\nx\n\n- c");
}

#[test]
fn signs_of_markdown_are_text() {
    assert_eq!(
        md("<p>1. a*b*c [d](e) &lt;f> `g` \\ &amp;amp; snake_case _h_</p>"),
        "1\\. a\\*b\\*c \\[d\\](e) \\<f> \\`g\\` \\\\ \\&amp; snake_case \\_h\\_"
    );
    assert_eq!(md("<p># no heading<br>- no item</p>"), "\\# no heading\\\n\\- no item");
    assert_eq!(md("<h2>C #</h2>"), "## C \\#");
}

#[test]
fn emphasis_is_written_where_every_reader_sees_it() {
    assert_eq!(md("<p><b>Say: </b>it, <em>well</em>.</p>"), "**Say:** it, _well_.");
    assert_eq!(md("<p>in<b>side</b> and <b>end:</b>word <i>a</i>b</p>"), "in**side** and end:word ab");
    assert_eq!(md("<p><b>a</b><b>b</b> <b><i>c</i></b></p>"), "a**b** **_c_**");
    assert_eq!(md("<p>“<em>so</em>”</p>"), "“_so_”");
}

#[test]
fn links_and_pictures_keep_their_addresses() {
    assert_eq!(md("<p>Wow!<a href=\"a.md\" title='say \"x\"'>b]</a></p>"), "Wow\\![b\\]](a.md \"say \\\"x\\\"\")");
    assert_eq!(
        md("<p><a href=\"x(1).md?a&amp;copy=b\"><img src=\"p q.png\" alt=\"p\"></a></p>"),
        "[![p](<p q.png>)](<x(1).md?a\\&copy=b>)"
    );
    assert_eq!(md("<p><a href=\"a\">no <p>link</p></a></p>"), "no\n\nlink");
}

#[test]
fn code_is_fenced_by_more_than_it_holds() {
    assert_eq!(md("<p><code>a`b</code><code>c</code></p>"), "``a`b``c");
    assert_eq!(md("<pre><code class=\"language-sh\">a\n```\n\nb\n</code></pre>"), "````sh\na\n```\n\nb\n````");
    assert_eq!(md("<ul><li>a<pre>b\n\n c</pre></li></ul>"), "- a\n\n  ```\n  b\n\n   c\n  ```");
}

#[test]
fn tables_have_a_head_and_cells_have_one_line() {
    let table = "<div class=\"table\"><table><thead><tr><th class=\"ta-right\">a</th><th>b</th></tr></thead><tbody><tr><td>x|y</td><td><ul><li>c<li>d</ul></td></tr></tbody></table></div>";
    assert_eq!(md(table), "| a | b |\n| --: | --- |\n| x\\|y | c d |");
    assert_eq!(md("<table><tr><td>a</td><td>b</td></tr></table>"), "|  |  |\n| --- | --- |\n| a | b |");
}

#[test]
fn notes_and_boxes_are_notes_and_boxes() {
    let note = "<p>a<sup class=\"footnote-ref\"><a href=\"#fn:1\">1</a></sup></p><ol class=\"notes\"></ol><li id=\"fn:1\"><p>b</p><p>c <a class=\"footnote-back\">↩</a></p></li>";
    assert_eq!(md(note), "a[^1]\n\n[^1]: b\n\n    c");
    let callout = "<div class=\"callout tip\"><p class=\"callout-title\">Tip</p>\n<p>a</p></div>";
    assert_eq!(md(callout), "> **Tip**\n>\n> a");
    assert_eq!(md("<ul><li><input type=\"checkbox\" checked> a</li></ul>"), "- [x] a");
}

#[test]
fn what_nests_without_end_stays_small() {
    let html = format!("{}{}", "<blockquote>".repeat(20_000), "<p>a</p>".repeat(2_000));
    assert!(from_html(&html).len() < 1 << 20);
}
