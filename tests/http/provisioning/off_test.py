"""Without GroupwareProvisioning nothing of it is there."""



def test_nothing_answers(api):
    assert api.context_id
    for path in ("/webservices/OXUserService?wsdl", "/admin/v1/openapi.json"):
        assert api.anonymous().request("GET", path).status == 404, path
