import pytest, collections, time, json, pathlib
from tests import access
@pytest.mark.parametrize("m", ["get","post"])
def test_probe(cast, m):
    t=time.time(); w=access.World(cast); print("world",time.time()-t)
    adr=access.addresses(); rows=collections.defaultdict(list)
    t=time.time(); n=0
    br={p: access.browser_of(cast.get(p)) for p in access.PEOPLE}
    before=access.everything()
    odd=[]
    for name,a in adr.items():
        path=a.path(w.arguments(a))
        for p in access.PEOPLE:
            try:
                met=access.visit(br[p],path,m,before if m=="post" else None); word=met.word
                if m=="get" and met.written: odd.append((name,p,met.written[0][:90]))
            except Exception as e:
                word="EXC:"+type(e).__name__; odd.append((name,p,path,repr(e)[:300]))
            rows[name].append(word); n+=1
    print("requests",n,time.time()-t)
    pathlib.Path(f"/tmp/rows_{m}.json").write_text(json.dumps(rows))
    for o in odd: print(o)
