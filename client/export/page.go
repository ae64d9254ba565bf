package export

// reportPage is the template of the report: one file that loads nothing else.
const reportPage = `<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{T "report.title"}} · {{time .Created}}</title>
<style>
:root{color-scheme:light dark;--back:#fff;--text:#1d2126;--soft:#5c6672;--line:#d8dde3;--pane:#f5f7f9;--blue:#1f6fb2;--warn:#b35900;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--back:#16191d;--text:#e4e8ec;--soft:#9aa5b1;--line:#343b43;--pane:#1e2328;--blue:#6cb2ee;--warn:#f0a04b;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:28px 24px 60px;background:var(--back);color:var(--text);font:15px/1.55 system-ui,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:19px;margin:36px 0 10px}h3{font-size:15px;margin:14px 0 4px}
p{margin:6px 0}.soft{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(125px,1fr));gap:10px;padding:0;margin:16px 0}
.cards li{list-style:none;background:var(--pane);border:1px solid var(--line);border-radius:8px;padding:8px 12px}
.cards b{display:block;font-size:20px;font-variant-numeric:tabular-nums}
.warn b,.warn{color:var(--warn)}.bad{color:var(--bad)}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:6px 10px 6px 0;text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600}
.findings td:first-child{width:42%}.findings .soft{font-size:13px;margin:2px 0}
code,pre,.data{font:13px/1.5 ui-monospace,"SF Mono",Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace}
.data,td.data{white-space:pre-wrap;overflow-wrap:anywhere}.time{white-space:nowrap;font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:0 14px}
summary{cursor:pointer;padding:8px 0}details[open]{padding-bottom:12px}
figure{margin:0;overflow-x:auto;background:var(--pane);border:1px solid var(--line);border-radius:8px;padding:10px}
svg{display:block;width:100%;min-width:640px;height:auto}svg text{fill:var(--text);font-size:12px}svg .soft{fill:var(--soft)}
.density{fill:var(--blue);opacity:.75}.bar{fill:var(--blue)}.bar.failed{fill:var(--bad)}.grid{stroke:var(--line)}
.problem{fill:var(--warn);stroke:var(--back)}.back{fill:var(--text);stroke:var(--back)}.again{fill:none;stroke:var(--text);stroke-width:1.6}
figcaption{color:var(--soft);padding-top:6px}
@media print{details{break-inside:avoid}body{max-width:none}}
</style>
</head>
<body>
<h1>{{T "report.title"}}</h1>
<p class="soft">{{T "report.made" "Time" (time .Created) "Version" .Version}}</p>
{{if .Records}}<p>{{T "report.span" "From" (time .First) "To" (time .Last) "Duration" (duration .Span)}}</p>{{end}}
<ul class="cards">
<li><b>{{.Connections}}</b>{{T "report.connections"}}</li>
<li><b>{{.Events}}</b>{{T "report.events"}}</li>
<li><b>{{.Comments}}</b>{{T "report.comments"}}</li>
<li><b>{{size .Bytes}}</b>{{T "report.bytes"}}</li>
<li><b>{{.Reconnects}}</b>{{T "report.reconnects"}}</li>
<li><b>{{.Sends}}</b>{{T "report.sends"}}</li>
<li{{if .Fails}} class="warn"{{end}}><b>{{.Fails}}</b>{{T "report.fails"}}</li>
<li{{if .Findings}} class="warn"{{end}}><b>{{.Findings}}</b>{{T "report.problems"}}</li>
<li><b>{{.Records}}</b>{{T "report.records"}}</li>
</ul>
<h2>{{T "report.timeline"}}</h2>
{{with .Timeline}}<figure>
<svg viewBox="0 0 {{.Width}} {{.Height}}" role="img" aria-label="{{T "report.timeline"}}">
{{$height := .Height}}{{range .Ticks}}<line class="grid" x1="{{.X}}" x2="{{.X}}" y1="0" y2="{{$height}}"/><text class="soft" x="{{.X}}" y="{{$height}}" dy="-6" text-anchor="{{.Anchor}}">{{.Label}}</text>
{{end}}<text class="soft" x="0" y="30">{{T "report.events"}}</text><text class="soft" x="0" y="48">{{if .Peak}}{{T "report.peak" "Peak" .Peak}}{{end}}</text>
{{range .Density}}<rect class="density" x="{{.X}}" y="{{.Y}}" width="{{.W}}" height="{{.H}}"><title>{{.Title}}</title></rect>
{{end}}{{range .Bars}}<text x="0" y="{{.TextY}}">{{.Name}}</text><rect class="bar{{if .Failed}} failed{{end}}" x="{{.Box.X}}" y="{{.Box.Y}}" width="{{.Box.W}}" height="{{.Box.H}}" rx="3"><title>{{.Box.Title}}</title></rect>
{{end}}{{range .Marks}}{{if .Finding}}<path class="problem" transform="translate({{.X}} {{.Y}})" d="M0-7 7 0 0 7-7 0z"><title>{{.Title}}</title></path>{{else if .Reconnect}}<path class="back" transform="translate({{.X}} {{.Y}})" d="M0-7 6 5H-6z"><title>{{.Title}}</title></path>{{else}}<path class="again" transform="translate({{.X}} {{.Y}})" d="M-4-5 4 5M4-5-4 5"><title>{{.Title}}</title></path>{{end}}
{{end}}</svg>
<figcaption>{{T "report.legend"}}{{if .More}} {{T "report.more" "N" .More}}{{end}}</figcaption>
</figure>{{end}}
<h2>{{T "report.problems"}}</h2>
{{if .Groups}}<table class="findings"><tr><th>{{T "report.what"}}</th><th>{{T "report.why"}}</th><th>{{T "report.do"}}</th></tr>
{{range .Groups}}<tr><td><b class="{{.Class}}">{{severity .Code}}</b><br>{{summary .First}}<p class="soft"><code>{{.Code}}</code> × {{.Count}}</p><p class="soft time">{{time .First.Time}}<br>{{.First.ClientID}} #{{.First.Conn}}</p>{{range .Others}}<p class="soft">{{time .Time}} {{.ClientID}} #{{.Conn}}: {{.Data}}</p>{{end}}</td><td>{{why .Code}}</td><td>{{do .Code}}</td></tr>
{{end}}</table>{{if .MoreFindings}}<p class="soft">{{T "report.more" "N" .MoreFindings}}</p>{{end}}{{else}}<p>✓ {{T "report.no_problems"}}</p>{{end}}
<h2>{{T "report.connections"}}</h2>
{{range .Lines}}<details><summary><b>{{.Name}}</b> · {{.Target}} · {{time .From}} · {{if .Over}}{{.Over}}{{else}}{{events .Events}} · {{size .Bytes}} · {{duration .Took}}{{end}}</summary>
{{if .Request}}<h3>{{T "report.request"}}</h3><p class="data">{{.RequestHead}}</p>{{template "headers" .Asked}}{{end}}
{{if .Response}}<h3>{{T "report.response"}}</h3><p class="data">{{.Answer}}</p>{{template "headers" .Answered}}{{end}}
{{if .File}}<p class="soft">{{T "report.raw_in"}} <code>{{.File}}</code></p>{{end}}</details>
{{else}}<p class="soft">{{T "report.none"}}</p>{{end}}
{{if .MoreConnections}}<p class="soft">{{T "report.more" "N" .MoreConnections}}</p>{{end}}
<h2>{{T "report.events"}}</h2>
{{if .FirstOnes}}<table><tr><th>{{T "column.time"}}</th><th>clientId</th><th>{{T "column.type"}}</th><th>id</th><th>{{T "column.data"}}</th></tr>
{{range .FirstOnes}}{{template "event" .}}{{end}}{{if .Between}}<tr><td colspan="5" class="soft">{{T "report.more" "N" .Between}}</td></tr>{{end}}{{range .LastOnes}}{{template "event" .}}{{end}}</table>
{{else}}<p class="soft">{{T "report.none"}}</p>{{end}}
<h2>{{T "report.masked"}}</h2>
<p>{{T "report.masked_always"}}</p>
{{if .Masked}}<p>{{T "report.masked_names"}}</p><p>{{range .Masked}}<code>{{.}}</code> {{end}}</p>{{else}}<p>{{T "report.masked_no_names"}}</p>{{end}}
<h2>{{T "report.files"}}</h2>
<table>
<tr><td><code>records.ndjson</code></td><td>{{T "report.file_records"}}</td></tr>
<tr><td><code>raw/</code></td><td>{{T "report.file_raw"}}</td></tr>
<tr><td><code>headers.txt</code></td><td>{{T "report.file_headers"}}</td></tr>
<tr><td><code>problems.json</code>, <code>problems.txt</code></td><td>{{T "report.file_problems"}}</td></tr>
</table>
</body>
</html>
{{define "headers"}}<table>{{range .}}<tr><td class="data">{{.Name}}</td><td class="data">{{.Value}}</td></tr>{{end}}</table>{{end}}
{{define "event"}}<tr><td class="time">{{time .Time}}</td><td>{{.ClientID}}</td><td>{{.Type}}</td><td>{{.ID}}</td><td class="data">{{.Data}}</td></tr>
{{end}}`
