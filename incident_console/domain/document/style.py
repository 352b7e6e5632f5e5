"""How a document looks as HTML: on paper, on a wide screen and on a phone. Only fonts that are there
already, nothing that is fetched."""

from typing import Final

STYLE: Final = """
:root{--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--wash:#f5f7f9;--accent:#2b5c94;--bad:#b3372f;--good:#2f7a55;
--mark:#8a5a00;--paper:#fff;--twig:#b9c2cd;--bone:#8b97a6;--spine:#6b7787;--banner:#8a5a00;--on:#fff}
@media screen and (prefers-color-scheme:dark){
:root{--ink:#dfe5ec;--soft:#97a3b1;--line:#313a45;--wash:#1c232c;--accent:#7fb0e6;--bad:#ec8279;--good:#6cc096;
--mark:#d9ab57;--paper:#12171d;--twig:#4a5664;--bone:#5f6c7b;--spine:#7d8a99;--on:#12171d}
}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main,header,nav,footer{max-width:60rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.25rem}
.sort{font-size:.92rem;font-weight:600;color:var(--soft);margin:0 0 .15rem}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 1.1rem;letter-spacing:-.01em}
h2{font-size:1.22rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-top:.65rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p{margin:.5rem 0;max-width:46rem}
a{color:var(--accent);text-underline-offset:.15em}
s{color:var(--soft)}
.quiet{color:var(--soft)}
.hint,.note{color:var(--soft);font-size:.92rem}
.tag{display:inline-block;font-size:.78rem;line-height:1.35;padding:0 .45em;border:1px solid var(--line);
border-radius:.8em;color:var(--soft);white-space:nowrap}
.tag.root{border-color:var(--bad);color:var(--bad);font-weight:600}
.tag.contributing{border-color:var(--mark);color:var(--mark)}
.drill{background:var(--banner);color:#fff;font-weight:600;text-align:center;padding:.5rem 1rem;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.85rem 1.5rem;margin:0;
padding:1rem 1.15rem;background:var(--wash);border:1px solid var(--line);border-radius:.5rem}
dl.facts dt{font-size:.8rem;color:var(--soft)}
dl.facts dd{margin:0;font-weight:500}
nav{margin-top:1rem;font-size:.88rem}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.15rem 1rem}
nav a{text-decoration:none}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.92rem;line-height:1.45}
th{text-align:left;font-weight:600;font-size:.82rem;color:var(--soft);border-bottom:1.5px solid var(--line);
padding:.3rem .9rem .3rem 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:.4rem .9rem .4rem 0;vertical-align:top}
td:last-child,th:last-child{padding-right:0}
td[data-name=Due],td[data-name=Id],td[data-name=Length],td[data-name=Value]{white-space:nowrap}
td[data-name=Owner],td[data-name=By]{min-width:6.5rem}
td[data-name=State],td[data-name=Causes]{min-width:4.8rem}
td[data-name=What]{min-width:12rem}
td[data-name=Kind]{min-width:5rem}
.moments th{white-space:nowrap}
.moments td:nth-child(1){white-space:nowrap;font-variant-numeric:tabular-nums;width:1%}
.moments td:nth-child(2){white-space:nowrap;color:var(--soft);width:1%}
.moments td:nth-child(4){color:var(--soft);width:14%;min-width:5rem}
.moments td:nth-child(3){min-width:14rem}
.moments .strong td:nth-child(2){color:var(--ink);font-weight:600}
.moments .day{display:block;color:var(--soft);font-size:.82rem}
.below{display:block;padding-left:1.9rem;text-indent:-.9rem}
.points{margin:.5rem 0;padding-left:1.6rem;max-width:52rem}
.points li{margin:.3rem 0}
.points ul,.points ol{margin:.25rem 0;padding-left:1.3rem;font-size:.94rem}
ol.points{padding-left:2.1rem}
.points ul{list-style:circle}
.points li::marker{color:var(--soft)}
code{font:.88em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--wash);
border:1px solid var(--line);border-radius:.25rem;padding:.05em .3em}
pre{white-space:pre-wrap;background:var(--wash);border:1px solid var(--line);border-radius:.4rem;padding:.75rem .9rem;
font:.86rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;margin:.5rem 0}
figure{margin:.75rem 0}
figcaption{font-size:.88rem;color:var(--soft)}
svg{display:block;width:calc(100% - 16px);margin:0 8px;overflow:visible;
font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",
"DejaVu Sans",sans-serif}
svg text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
svg .soft{fill:var(--soft)}
svg .rule{stroke:var(--line)}
svg .plain{fill:var(--spine)}
svg .work{fill:var(--accent)}
svg .bad{fill:var(--bad)}
svg .good{fill:var(--good)}
svg .number{fill:var(--on);stroke:none;font-size:10px;font-weight:600}
.tree{margin:.6rem 0}
.tree .problem{font-weight:600}
.tree ul{list-style:none;margin:0;padding-left:.55rem}
.tree li{position:relative;padding:.22rem 0 .22rem 1.15rem;border-left:1.5px solid var(--twig)}
.tree li:last-child{border-left-color:transparent}
.tree li::before{content:"";position:absolute;left:-1.5px;top:0;width:.85rem;height:1.05rem;
border-left:1.5px solid var(--twig);border-bottom:1.5px solid var(--twig);border-bottom-left-radius:.4rem}
.tree ul ul ul ul ul ul ul ul ul{padding-left:0}
.tree ul ul ul ul ul ul ul ul ul li{padding-left:.4rem}
.tree ul ul ul ul ul ul ul ul ul li::before{width:.3rem}
.tree .number{color:var(--soft);font-variant-numeric:tabular-nums;font-size:.85rem;margin-right:.3rem}
.tree .root>.words{font-weight:600}
.tree .tag:not(.root){font-weight:400}
.tree .evidence{font-size:.86rem;color:var(--soft);padding-left:1rem;text-indent:-.75rem}
.fish{position:relative;display:grid;grid-template-columns:1fr 1fr minmax(8rem,11rem)}
.bone{position:relative;min-height:6.5rem;padding:.5rem 2.8rem .5rem 0}
.bone svg{position:absolute;right:0;top:0;width:2.2rem;height:100%;margin:0}
.bone line{stroke:var(--bone);stroke-width:2}
.bone h3{margin:0 0 .25rem;font-size:.9rem}
.bone ul{list-style:none;margin:0;padding:0;font-size:.88rem}
.bone li{margin:.3rem 0}
.bone.upper{display:flex;flex-direction:column;justify-content:flex-end}
.spine{grid-column:1/3;grid-row:2;border-top:3px solid var(--spine);align-self:center}
.bone.upper{grid-row:1}
.bone.lower{grid-row:3}
.head{grid-column:3;grid-row:2;align-self:center;margin:-9rem 0;position:relative;border:2px solid var(--spine);
border-radius:.5rem;padding:.6rem .8rem;
font-weight:600;font-size:.92rem;background:var(--wash)}
.unsorted{grid-column:1/4;grid-row:4;margin-top:.8rem}
footer{margin-top:2.5rem;padding-bottom:2rem;color:var(--soft);font-size:.88rem}
@media (max-width:44rem){
body{font-size:15.5px}
main,header,nav,footer{padding-left:1rem;padding-right:1rem}
header{padding-top:1.25rem}
h1{font-size:1.35rem}
dl.facts dd{font-size:.86rem}
.moments .day{display:inline}
dl.facts{grid-template-columns:repeat(2,minmax(0,1fr));gap:.6rem .9rem;padding:.8rem}
table.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.rows,table.rows tbody,table.rows tr,table.rows td{display:block;width:auto}
table.rows tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
table.rows td{border:0;padding:.08rem 0;white-space:normal}
table.rows td:empty{display:none}
table.rows td[data-name]:not(:first-child)::before{content:attr(data-name) ": ";color:var(--soft);font-size:.82rem}
table.rows td:first-child{font-weight:500}
.moments tr{display:grid;grid-template-columns:auto auto 1fr;column-gap:.6rem;padding:.45rem 0;
border-bottom:1px solid var(--line)}
.moments,.moments tbody{display:block}
.moments thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.moments td,.moments td:nth-child(n){border:0;padding:0;width:auto;min-width:0}
.moments td:nth-child(3){grid-column:1/4;grid-row:2}
.moments td:nth-child(4){text-align:right;grid-column:3;grid-row:1}
.tree ul{padding-left:.1rem}
.tree li{padding-left:.8rem}
.tree li::before{width:.55rem}
.tree ul ul ul ul ul ul ul ul{padding-left:0}
.tree ul ul ul ul ul ul ul ul li,.tree ul ul ul ul ul ul ul ul ul li{padding-left:0;border-left-width:0}
.tree ul ul ul ul ul ul ul ul li::before{display:none}
svg .spare{display:none}
.fish{display:block}
.bone{padding:.4rem 0;min-height:0}
.bone svg,.spine{display:none}
.head{margin:0 0 .5rem}
}
@media print{
@page{margin:17mm 15mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;
color:#5b6675}}
html{font-size:9.8pt;color-scheme:light}
body{font-size:1rem;line-height:1.45}
p{max-width:none}
main,header,nav,footer{max-width:none;padding:0}
header{padding-top:0}
nav{display:none}
a{color:inherit;text-decoration:none}
h2{margin-top:1.1rem}
td{padding-top:.22rem;padding-bottom:.22rem}
dl.facts{padding:.6rem .8rem;gap:.4rem 1rem}
h1{margin-bottom:.7rem}
h2,h3,.hint,.note,.problem{break-after:avoid}
p,pre{orphans:3;widows:3}
tr,pre,figure,.fish,.words,.bone li,.points>li,dl.facts>div{break-inside:avoid}
thead{display:table-header-group}
svg,dl.facts,pre,.head,.spine{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
"""Deep trees keep room for words: below eight or nine levels hardly anything is indented any further."""
