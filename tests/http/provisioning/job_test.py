"""Work that outlives the call: the servers' own processes do it, every face tells of it."""

import json
import pathlib
import subprocess

from support import provisioning
from support.files import download, upload
from support.groupware import groupwarectl_path
from support.provisioning import MASTER, Rest, credentials, soap
from support.servers import give_to, wait_until

DIRECTIVES = provisioning.DIRECTIVES + "GroupwareJobs on interval=1s\n"


def new_place(api, name: str) -> pathlib.Path:
    """A folder for files of this context's test."""
    folder = api.server.httpd.folder / "data" / f"{name}{api.context_id}"
    folder.mkdir()
    give_to(folder, api.server.httpd.account)
    return folder


def files_in(folder: pathlib.Path) -> list[pathlib.Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def wait_for(read, *states: str):
    """The job, once it is in one of these states."""
    return wait_until(lambda: (job := read()) and job["state"] in states and job, f"a job that is {states}", 60)


def test_files_of_a_context_move_while_they_are_read(api):
    provisioning.need_master(api)
    master, ctx = credentials(MASTER), {"id": api.context_id}
    client, place = api.user(1), new_place(api, "soap")
    folder = api.file_folder()
    ids = [upload(client, folder, f"{number}.txt", f"bytes {number}".encode()).data for number in range(5)]
    registry, contexts, jobs = soap(api, "OXUtilService"), soap(api, "OXContextService"), soap(api, "OXTaskMgmtService")
    store = registry.registerFilestore(fstore={"url": f"file:{place}", "size": 100, "maxContexts": 1}, auth=master)
    number = contexts.moveContextFilestore(ctx=ctx, dst_filestore_id={"id": store.id}, auth=master)

    def read() -> dict:
        for at, file_id in enumerate(ids):
            assert download(client, file_id).body == f"bytes {at}".encode(), file_id
        told = jobs.getTaskResults(auth=master, id=number)
        return {"state": told.state, "count": told.count, "problem": told.problem}

    done = wait_for(read, "tidying", "done", "failed")
    assert done["state"] == "tidying" and done["count"] == len(ids) and done["problem"] is None, done
    assert len(files_in(place)) == len(ids), files_in(place)
    assert contexts.getData(ctx=ctx, auth=master).filestoreId == store.id
    assert [each.id for each in contexts.listByFilestore(fs={"id": store.id}, auth=master)] == [api.context_id]
    assert upload(client, folder, "new.txt", b"new").data
    assert len(files_in(place)) == len(ids) + 1
    listed = [job for job in jobs.getJobList(ctx=ctx, auth=master) if job.id == number]
    assert listed[0].operation == "moveContextFilestore" and listed[0].targetId == store.id, listed
    assert listed[0].contextId == api.context_id and listed[0].created, listed

    # Nobody goes on with a job that was deleted, and every file can be read all the same.
    jobs.deleteJob(auth=master, id=number)
    assert [job for job in jobs.getJobList(ctx=ctx, auth=master) or [] if job.id == number] == []
    for at, file_id in enumerate(ids):
        assert download(client, file_id).body == f"bytes {at}".encode(), file_id
    log = api.server.httpd.log_text()
    assert f'operation=moveContextFilestore object="ctx={api.context_id} dst_filestore_id={store.id}" result=ok' in log
    assert f'operation=deleteJob object="id={number}" result=ok' in log


def test_rest_and_the_tools_tell_the_same(api):
    provisioning.need_master(api)
    master, place = Rest(api, MASTER), new_place(api, "rest")
    store = master("POST", "filestores", {"url": f"file:{place}"}).data["id"]
    made = master("POST", f"contexts/{api.context_id}/filestore", {"id": store}, Idempotency_Key=f"move{api.context_id}")
    again = master("POST", f"contexts/{api.context_id}/filestore", {"id": store}, Idempotency_Key=f"move{api.context_id}")
    assert made.status == 201 and again.body == made.body, (made, again)
    number = made.data
    done = wait_for(lambda: master("GET", f"jobs/{number}").data, "done", "failed")
    assert (done["state"], done["count"], done["contextId"]) == ("done", 0, api.context_id), done
    assert [job["id"] for job in master("GET", f"contexts/{api.context_id}/jobs").data] == [number]
    told = subprocess.run([str(groupwarectl_path()), "jobcontrol", "--config", str(api.server.httpd.config_file), "-A", MASTER,
                           "-P", "secret", "-c", str(api.context_id), "--csv"], capture_output=True, text=True, timeout=60).stdout
    assert f"{number},moveContextFilestore,{api.context_id},{store},done,0" in told.replace('"', ""), told
    by_clock = [job["job"] for job in json.loads(api.server.ctl_with_config("--json", "jobs", "list"))]
    assert "single-jobs" in by_clock and not [name for name in by_clock if name.startswith("once")], by_clock
    assert master("DELETE", f"jobs/{number}").status == 204
    assert master("GET", f"jobs/{number}").status == 400
    boss = Rest(api, "oxadmin")
    for method, path in (("GET", "jobs"), ("DELETE", "jobs"), ("GET", f"jobs/{number}"), ("DELETE", f"jobs/{number}")):
        assert boss(method, path).status == 401, (method, path)


def test_a_store_that_cannot_be_written_ends_in_a_word(api):
    provisioning.need_master(api)
    master, place = Rest(api, MASTER), new_place(api, "broken")
    upload(api.user(1), api.file_folder(), "a.txt", b"a")
    store = master("POST", "filestores", {"url": f"file:{place}"}).data["id"]
    place.rmdir()
    place.write_text("in the way")
    api.announce(r"GW(0313|0930)")
    number = master("POST", f"contexts/{api.context_id}/filestore", {"id": store}).data
    failed = wait_for(lambda: master("GET", f"jobs/{number}").data, "tidying", "done", "failed")
    assert (failed["state"], failed["problem"]) == ("failed", "store_failed"), failed
    assert "filestoreId" not in master("GET", f"contexts/{api.context_id}").data
    place.unlink()
