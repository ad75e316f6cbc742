/// How pages look: one style sheet within each page, for light and dark, for phones and for paper.
///
/// Colours are pairs of a text and the ground that it stands on, each with a contrast of 4.5 or more (WCAG 2.2 AA).
enum PageStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--ground:#f4f6f8;--card:#fff;--ink:#1b2026;--soft:#55606c;--line:#d8dee5;\
    --link:#0a58b0;--good:#17692f;--good-ground:#e3f4e7;--warn:#7d5200;--warn-ground:#fdf1d3;--bad:#b3202a;\
    --bad-ground:#fde8e8;--calm:#3d4f66;--calm-ground:#e8edf3;--created:#2a9d4e;--unchanged:#14868c;--updated:#2f7fd8;\
    --rejected:#d99a00;--refused:#d1601f;--conflict:#8a5bd6;--unknown:#c9303a;--not_sent:#98a3af;--mark:#fff0b8;\
    --grid:#e6eaef}
    @media (prefers-color-scheme:dark){:root{--ground:#0f1318;--card:#181d24;--ink:#e7ebf0;--soft:#a3aeba;\
    --line:#2d3640;--link:#79b8ff;--good:#63d488;--good-ground:#12301c;--warn:#eabb4f;--warn-ground:#352a0c;\
    --bad:#ff8f8a;--bad-ground:#3b181a;--calm:#b3c3d6;--calm-ground:#222b36;--created:#3fb766;--unchanged:#2ea8ae;\
    --updated:#5b9fee;--rejected:#d9a52e;--refused:#e27a3c;--conflict:#a583e6;--unknown:#e5555c;--not_sent:#6d7986;\
    --mark:#4d4214;--grid:#27303a}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
    a{color:var(--link)}
    a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
    .skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
    header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:1.5rem}
    .verdict{display:flex;gap:1.1rem;align-items:flex-start;padding:1.3rem 1.5rem;border-radius:14px;\
    border:1px solid transparent}
    .verdict .sign{flex:none;width:3.4rem;height:3.4rem;border-radius:50%;display:grid;place-items:center;\
    font-size:1.9rem;font-weight:700;line-height:1;margin:0;background:currentColor}
    .verdict .sign span{color:var(--card)}
    .verdict h1{font-size:1.55rem;line-height:1.25;margin:.1rem 0 .2rem;overflow-wrap:anywhere}
    .verdict div p{margin:.15rem 0;color:var(--ink)}
    .verdict .file{font-weight:600;overflow-wrap:anywhere}
    .verdict .when{color:var(--soft);font-size:.93rem}
    .good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.calm{color:var(--calm)}
    .verdict.good{background:var(--good-ground);border-color:var(--good)}
    .verdict.warn{background:var(--warn-ground);border-color:var(--warn)}
    .verdict.bad{background:var(--bad-ground);border-color:var(--bad)}
    .verdict.calm{background:var(--calm-ground);border-color:var(--calm)}
    .verdict .when{color:var(--ink);opacity:.86}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:1rem 0;padding:0;\
    list-style:none}
    .tiles li,section{background:var(--card);border:1px solid var(--line);border-radius:14px}
    .tiles li{padding:.9rem 1.15rem}
    .tiles b{display:block;font-size:1.5rem;line-height:1.25;font-weight:650;overflow-wrap:anywhere}
    .tiles b.long{font-size:1.15rem}.tiles b.longer{font-size:.95rem}
    .tiles span{color:var(--soft);font-size:.92rem}
    section{padding:1.15rem 1.5rem 1.3rem;margin:1rem 0}
    h2{font-size:1.15rem;margin:0 0 .7rem}
    h3{font-size:1.02rem;margin:0 0 .3rem;overflow-wrap:anywhere}
    p{margin:.4rem 0}
    ol,ul{padding-left:1.3rem;margin:.3rem 0}
    li+li{margin-top:.45rem}.tiles li+li,.nights li+li{margin-top:0}
    ul.one{list-style:none;padding:0}
    code{font:.9em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--calm-ground);\
    border-radius:5px;padding:.1em .35em;overflow-wrap:anywhere}
    .option{white-space:nowrap}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%}
    th,td{padding:.42rem .7rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
    th:first-child,td:first-child{text-align:left;padding-left:0}
    th:last-child,td:last-child{padding-right:0}
    thead th{color:var(--soft);font-weight:600;font-size:.92rem}
    tbody th{font-weight:500}
    tfoot th,tfoot td{border-bottom:0;border-top:2px solid var(--ink);font-weight:700}
    .left{text-align:left!important}
    td.wraps{white-space:normal}
    .adds{margin-top:.6rem;font-weight:600}
    .soft{color:var(--soft);font-size:.93rem}
    .dot{display:inline-block;width:.8em;height:.8em;border-radius:3px;margin-right:.5em;vertical-align:-.05em;\
    print-color-adjust:exact;-webkit-print-color-adjust:exact}
    figure{margin:.3rem 0 0}
    figcaption{color:var(--soft);font-size:.93rem;margin-top:.45rem}
    svg{display:block;width:100%;height:auto;overflow:visible}
    svg text{fill:var(--soft);font-size:12px;font-family:inherit}
    svg text.strong{fill:var(--ink)}
    .grid-line{stroke:var(--grid);stroke-width:1}
    .axis{stroke:var(--line);stroke-width:1}
    .throughput{fill:var(--updated);opacity:.85}
    .limit{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 4}
    .limit-sample{fill:var(--soft)}.median-sample{fill:var(--unchanged)}.slow-sample{fill:var(--conflict)}
    .median{fill:none;stroke:var(--unchanged);stroke-width:2}
    .slow{fill:none;stroke:var(--conflict);stroke-width:1.5}
    .pause{fill:var(--rejected);opacity:.2}
    .throttle{fill:var(--refused)}
    .amounts{fill:var(--unchanged)}
    .before{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
    .bar{fill:var(--rejected)}.bar.error{fill:var(--unknown)}
    .created{--c:var(--created)}.unchanged{--c:var(--unchanged)}.updated{--c:var(--updated)}\
    .rejected{--c:var(--rejected)}.refused{--c:var(--refused)}.conflict{--c:var(--conflict)}\
    .unknown{--c:var(--unknown)}.not_sent,.skipped{--c:var(--not_sent)}
    rect.outcome{fill:var(--c)}.dot.outcome{background:var(--c)}
    .finding{border-top:1px solid var(--line);padding:.95rem 0 .4rem}
    .finding:first-of-type{border-top:0}
    .finding h3 .badge{margin-left:.5rem}
    .badge{font-size:.8rem;font-weight:650;border-radius:99px;padding:.12rem .6rem;white-space:nowrap}
    .badge.bad{background:var(--bad-ground)}.badge.warn{background:var(--warn-ground)}
    .badge.good{background:var(--good-ground)}.badge.calm{background:var(--calm-ground)}
    .cure{border-left:3px solid var(--good);padding-left:.8rem}
    pre{margin:.5rem 0 0;padding:.6rem .8rem;background:var(--ground);border:1px solid var(--line);border-radius:8px;\
    overflow-x:auto;font:.85rem/1.55 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    pre .n{color:var(--soft);user-select:none}
    mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--bad);padding:0 .1em}
    dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.35rem 1.4rem;margin:0}
    dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
    .files,.needs{list-style:none;padding:0}
    .needs li+li{border-top:1px solid var(--line);padding-top:.8rem;margin-top:.9rem}
    .needs h3 .badge{margin-right:.4rem}.needs p{overflow-wrap:anywhere}
    footer{color:var(--soft);font-size:.9rem;padding-bottom:2.5rem}
    .nights{display:grid;grid-template-rows:repeat(7,1.5rem);grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);\
    gap:4px;list-style:none;padding:0;margin:.3rem 0;max-width:31rem}
    .nights li{margin:0}
    .nights a,.nights i{display:grid;place-items:center;height:100%;border-radius:5px;font-size:.8rem;font-style:normal;\
    font-weight:700;text-decoration:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .nights i.none{color:var(--soft)}
    .heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .nights .none{background:var(--ground)}
    .nights .good{background:var(--good-ground)}.nights .warn{background:var(--warn-ground)}
    .nights .bad{background:var(--bad-ground)}.nights .calm{background:var(--calm-ground)}
    .two{display:grid;grid-template-columns:minmax(17rem,1fr) minmax(17rem,1.3fr);gap:1.6rem;align-items:start}
    .trend .count{fill:var(--updated)}.trend .count.warn{fill:var(--rejected)}.trend .count.bad{fill:var(--unknown)}
    .trend .money{fill:none;stroke:var(--conflict);stroke-width:2}
    .name{white-space:normal;overflow-wrap:anywhere;min-width:9rem}
    @media (max-width:60rem){.two{grid-template-columns:1fr}}
    @media (max-width:40rem){header,main,footer{padding:0 .75rem}header{padding-top:.75rem}section{padding:1rem}\
    .verdict{padding:1rem;gap:.8rem}.verdict .sign{width:2.5rem;height:2.5rem;font-size:1.4rem}.verdict h1{font-size:1.25rem}\
    .tiles{gap:.6rem;grid-template-columns:1fr 1fr}.tiles li{padding:.7rem .8rem}.tiles b{font-size:1.05rem}\
    .tiles b.long{font-size:.95rem}.tiles b.longer{font-size:.82rem}\
    dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}.two{grid-template-columns:1fr}th,td{padding:.4rem .25rem;font-size:.86rem}\
    tbody th,tfoot th{white-space:normal}\
    svg text{font-size:21px}}
    @media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#000;\
    --good:#17692f;--good-ground:#fff;--warn:#7d5200;--warn-ground:#fff;--bad:#b3202a;--bad-ground:#fff;--calm:#333;\
    --calm-ground:#fff;--created:#2a9d4e;--unchanged:#14868c;--updated:#2f7fd8;--rejected:#d99a00;--refused:#d1601f;\
    --conflict:#8a5bd6;--unknown:#c9303a;--not_sent:#98a3af;--mark:#fff;--grid:#ddd}body{font-size:10.5pt}\
    header,main,footer{max-width:none;padding:0}section,.tiles li{break-inside:avoid}section.long{break-inside:auto}\
    .tiles{gap:.5rem}.tiles li{padding:.6rem .7rem}.tiles b{font-size:12.5pt}\
    .two{grid-template-columns:1fr}th,td{padding:.3rem .25rem;font-size:9pt}.name{min-width:6rem}\
    .finding,tr{break-inside:avoid}.skip,.up{display:none}pre,.scroll{overflow:visible;white-space:pre-wrap}\
    rect,path{print-color-adjust:exact;-webkit-print-color-adjust:exact}.verdict .sign{print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}}
    """
}
