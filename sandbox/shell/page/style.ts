/** The page's style, light and dark by the visitor's setting. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--line:#e2e5ea;--text:#1c2330;--soft:#5d6778;--accent:#0b6e6e;--tint:#e6f3f2;
--ok:#176b3a;--ok-bg:#e3f4e9;--warn:#8a5300;--warn-bg:#fdf0d9;--bad:#a3222b;--bad-bg:#fce6e7;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media(prefers-color-scheme:dark){:root{--bg:#12161d;--card:#1a202a;--line:#2c3442;--text:#e4e8ee;--soft:#98a3b5;--accent:#5cc7c1;--tint:#16302f;
--ok:#7ed3a0;--ok-bg:#16301f;--warn:#efc06b;--warn-bg:#33270f;--bad:#f2979c;--bad-bg:#3a181b}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
header{background:var(--card);border-bottom:1px solid var(--line);position:sticky;top:0;z-index:2}
.bar{max-width:1400px;margin:auto;padding:0 24px;display:flex;align-items:center;gap:0 28px;flex-wrap:wrap}
.bar h1{font-size:16px;margin:12px 0;letter-spacing:.01em;white-space:nowrap}.bar h1 small{font-weight:400;color:var(--soft);margin-left:8px}
nav{display:flex;gap:4px;flex-wrap:wrap}nav.tabs{order:3;width:100%;border-top:1px solid var(--line)}
nav a{padding:11px 11px 9px;color:var(--soft);border-bottom:2px solid transparent}
nav a:hover{color:var(--text);text-decoration:none}
nav a[aria-current]{color:var(--text);border-color:var(--accent);font-weight:600}
nav b{font-weight:500;font-size:12px;background:var(--bg);border-radius:9px;padding:1px 7px;margin-left:5px;color:var(--soft)}
.live{margin-left:auto;color:var(--soft);font-size:13px;display:flex;gap:6px;align-items:center;white-space:nowrap}
main{max-width:1400px;margin:22px auto 60px;padding:0 24px}
.tools{display:flex;gap:10px;flex-wrap:wrap;align-items:center;margin-bottom:14px}
.count{color:var(--soft);font-size:13px;margin:0 0 8px 2px}
input[type=search],.arm input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:7px;padding:6px 11px}
input[type=number]{width:130px}input[type=search]{width:min(340px,100%)}
button{cursor:pointer}button:hover{border-color:var(--accent)}button.danger{color:var(--bad)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;overflow-x:auto}
.pad{padding:18px 22px}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-size:12px;font-weight:600;color:var(--soft);padding:10px 14px;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:9px 14px;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}td.any{overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}tbody tr:hover{background:var(--tint)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th.num{text-align:right}
.soft{color:var(--soft)}.small{font-size:13px}.mono{font-family:var(--mono);font-size:13px}.nowrap{white-space:nowrap}
.pill{display:inline-block;font-size:12px;font-weight:600;border-radius:9px;padding:1px 9px;white-space:nowrap;background:var(--bg);color:var(--soft)}
.ok{background:var(--ok-bg);color:var(--ok)}.warn{background:var(--warn-bg);color:var(--warn)}.bad{background:var(--bad-bg);color:var(--bad)}
.pages{display:flex;gap:14px;justify-content:center;padding:14px;color:var(--soft)}
.empty{padding:52px 24px;text-align:center;color:var(--soft)}.empty b{display:block;color:var(--text);margin-bottom:4px}
.stats{display:flex;gap:12px;flex-wrap:wrap;margin-bottom:14px}
.stat{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 18px;min-width:120px}
.stat b{display:block;font-size:20px;font-variant-numeric:tabular-nums}.stat span{color:var(--soft);font-size:13px}
.tree ul{list-style:none;margin:0;padding-left:22px;border-left:1px solid var(--line)}.tree>ul{padding-left:0;border:0}
.tree li{padding:3px 0 3px 10px}.tree summary{cursor:pointer}.tree .leaf{padding-left:17px}.tree details>ul{margin-left:5px}
dl{display:grid;grid-template-columns:minmax(110px,max-content) 1fr;gap:6px 22px;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
h2{font-size:19px;margin:0 0 14px;overflow-wrap:anywhere}h3{font-size:14px;margin:22px 0 8px}
.views{display:flex;gap:6px;margin:18px 0 10px;align-items:center}
.views a{padding:5px 13px;border:1px solid var(--line);border-radius:7px;background:var(--card);color:var(--soft)}
.views a[aria-current]{color:var(--text);border-color:var(--accent);font-weight:600}.views .note{margin-left:auto}
iframe{display:block;width:100%;height:62vh;border:0;background:#fff;border-radius:9px;resize:vertical}
iframe.phone{width:390px;margin:14px auto;border:1px solid var(--line)}
pre{margin:0;padding:18px 22px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.55 var(--mono)}
.files{display:flex;gap:8px;flex-wrap:wrap}.file{border:1px solid var(--line);border-radius:7px;padding:4px 11px;font-size:13px}
.presets{display:flex;gap:8px;flex-wrap:wrap}.presets+.card{margin-top:12px}
td pre{padding:8px 0;max-width:60ch;font-size:12px}
@media(max-width:760px){header{position:static}.bar{gap:0 16px;padding:0 14px}.bar small{display:none}nav{order:2;width:100%;flex-wrap:nowrap;overflow-x:auto}main{padding:0 14px}dl{grid-template-columns:1fr}dd{margin-bottom:8px}iframe.phone{width:100%;margin:0}}
`;
