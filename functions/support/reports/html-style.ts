/** The page's only style: no script, no font, no image from elsewhere; it prints in black ink where that is enough. */
export const STYLE = `
:root{--ink:#16232f;--soft:#5a6b7a;--line:#dbe2e8;--wash:#f4f7f9;--deep:#0f3a57;--accent:#1b6f8f;
--compliant:#2f7d5b;--exempt:#7f9db3;--unverified:#d9a12b;--non_compliant:#b5452f;
--paid:#2f7d5b;--pending:#9db0bf;--unclaimed:#7b6aa8;--returned:#d9a12b;--rejected:#b5452f;--exception:#3b2a2a;
--payable:#2f7d5b;--held:#d9a12b;--forfeited:#b5452f}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:#fff;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
.lang{position:absolute;opacity:0;pointer-events:none}
.en{display:none}
#lang-en:checked~* .en{display:inline}
#lang-en:checked~* .es{display:none}
.band{background:var(--deep);color:#fff;padding:28px 0 30px;border-bottom:5px solid var(--accent);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.wrap{max-width:1120px;margin:0 auto;padding:0 24px}
.top{display:flex;justify-content:space-between;gap:16px;align-items:flex-start}
.kicker{margin:0 0 4px;font-size:13px;letter-spacing:.09em;text-transform:uppercase;color:#b9d3e0}
h1{margin:0;font-size:31px;line-height:1.2;font-weight:650}
.meta{margin:10px 0 0;color:#d5e4ec;font-size:15px}
.switch{display:flex;border:1px solid #6f98ad;border-radius:999px;overflow:hidden;flex:none;font-size:14px}
.switch label{padding:5px 15px;cursor:pointer;color:#d5e4ec}
#lang-es:checked~.band label[for=lang-es],#lang-en:checked~.band label[for=lang-en]{background:#fff;color:var(--deep);font-weight:600}
#lang-es:focus-visible~.band label[for=lang-es],#lang-en:focus-visible~.band label[for=lang-en]{outline:3px solid #ffd36b;outline-offset:-3px}
main{padding-top:6px;padding-bottom:48px}
section{margin-top:34px}
h2{font-size:20px;margin:0 0 14px;padding-bottom:6px;border-bottom:2px solid var(--line);color:var(--deep)}
h3{font-size:16px;margin:22px 0 8px}
p.note{color:var(--soft);font-size:14px;margin:8px 0 0}
.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:14px}
.card{border:1px solid var(--line);border-top:4px solid var(--accent);border-radius:8px;padding:14px 16px;background:#fff;break-inside:avoid}
.card b{display:block;font-size:27px;line-height:1.2;font-weight:650;overflow-wrap:anywhere}
.card span.what{color:var(--soft);font-size:14px}
.card small{color:var(--soft);font-size:13px;display:block}
.verdict{display:flex;gap:14px;align-items:center;border-radius:8px;padding:13px 18px;margin-top:26px;font-size:17px;border:1px solid;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.verdict.good{background:#eaf5ef;border-color:#9fcdb5;color:#17523a}
.verdict.bad{background:#fbeeea;border-color:#e0a897;color:#7c2614}
.verdict i{font-style:normal;font-size:26px;line-height:1}
.flow{display:flex;height:26px;border-radius:6px;overflow:hidden;background:var(--wash);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar{display:flex;height:13px;min-width:70px;border-radius:4px;overflow:hidden;background:var(--wash);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.flow i,.bar i{display:block;min-width:2px}
.flow i+i,.bar i+i{border-left:1px solid #fff}
.legend{list-style:none;display:grid;grid-template-columns:repeat(3,1fr);gap:8px 24px;margin:12px 0 0;padding:0;font-size:15px}
.legend li{display:flex;gap:9px;align-items:baseline}
.legend .num{margin-left:auto;font-weight:600;white-space:nowrap}
.dot{flex:none;width:11px;height:11px;border-radius:3px;display:inline-block;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--accent)}
table{border-collapse:collapse;width:100%;font-size:14.5px}
caption{text-align:left;color:var(--soft);font-size:14px;padding:0 0 6px}
th,td{padding:7px 10px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{background:var(--wash);color:var(--deep);font-weight:600;border-bottom:2px solid var(--line);print-color-adjust:exact;-webkit-print-color-adjust:exact}
thead{display:table-header-group}
tr{break-inside:avoid}
table.sum{width:auto;min-width:420px}table.sum td{padding:4px 10px}table.sum tr:last-child td{font-weight:650;border-bottom:0;border-top:2px solid var(--ink)}
tbody th{font-weight:500}tbody th.place{white-space:nowrap;max-width:280px;overflow:hidden;text-overflow:ellipsis}
td.n,th.n{text-align:right}td.n{white-space:nowrap}th.n{min-width:62px}td.whose{overflow-wrap:anywhere;min-width:150px;max-width:200px}thead th{vertical-align:bottom}
td.barcell{min-width:90px;width:13%;vertical-align:middle}
code,.hash{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px;overflow-wrap:anywhere}
.tag{display:inline-block;border:1px solid var(--line);background:var(--wash);border-radius:4px;padding:0 6px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px}
.ok{color:#17523a;font-weight:600}.off{color:#7c2614;font-weight:700}
.soft{color:var(--soft)}
details>summary{cursor:pointer;color:var(--accent);padding:8px 0;font-weight:600}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:13.5px;padding:16px 0 40px}
@media(max-width:760px){.wrap{padding:0 16px}h1{font-size:24px}.top{flex-direction:column-reverse}.cards{grid-template-columns:repeat(2,1fr);gap:10px}.card b{font-size:21px}.legend{grid-template-columns:1fr}th,td{padding:6px 7px}}
@media print{@page{margin:14mm}body{font-size:11pt}main.wrap{padding:0}th,td{padding:4px 5px}td.barcell,.bar{min-width:44px}th.n{min-width:0}.switch{display:none}.band{padding:16px 0}main{padding-bottom:0}section{margin-top:22px}h2{break-after:avoid}.scroll{overflow:visible}table{font-size:9pt}.cards{grid-template-columns:repeat(4,1fr)}.legend{grid-template-columns:repeat(3,1fr)}}
`.replaceAll('\n', '');
