"""Texts that would act if a page let them."""

RUN = "window.hostileScriptRan=1;alert(1)"
HOSTILE = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload="{RUN}">',
    f"'><body onmousemove={RUN}>",
    f"<a href='javascript:{RUN}'>here</a>",
    f"[here](javascript:{RUN})",
    "![picture](http://remote.example/picture.png)",
    "<style>@import 'http://remote.example/a.css'; body { background: url(http://remote.example/b.png) }</style>",
    "<div style='background: url(http://remote.example/c.png)'>styled</div>",
    "<img srcset='http://remote.example/d.png 2x' src='//remote.example/e.png'>",
    "<iframe src='http://remote.example/'></iframe><object data='http://remote.example/f'></object>",
    "<link rel=stylesheet href=http://remote.example/g.css><meta http-equiv=refresh content='0;url=http://remote.example'>",
    "<form action=http://remote.example/><input autofocus onfocus=" + RUN + "><button>send</button></form>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=" + RUN + "&gt;'>",
    "</div></main></body></html><script>" + RUN + "</script>",
    "{{7*7}}",
    "${7*7} $icon",
    "<base href=http://remote.example/>",
]
EVERYTHING = " ".join(HOSTILE)
