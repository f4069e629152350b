import time
def test_smoke(office_at):
    t=time.time()
    d = office_at("steward")
    print("single", time.time()-t)
    print(d("gift history 1").out)
    print(d("verify").out)
    t=time.time()
    d = office_at("steward", shared=True)
    print("shared", time.time()-t)
    print(d("gift history 1").out)
    print(d("verify").out)
