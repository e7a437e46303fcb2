"""`kefu-sim quick`: one's quick replies without a screen."""


def test_list_and_search(kefu, tmp_path):
    env = {"KEFU_SIM_HOME": str(tmp_path)}
    assert "凌晨2点前付款的今天就发" in kefu("quick", env=env).stdout.decode()
    found = kefu("quick", "合成一个包裹", env=env).stdout.decode()
    assert "同一账号同一地址的几单会合成一个包裹发" in found
    assert "您好，在的" not in found


def test_export_and_import(kefu, tmp_path):
    env = {"KEFU_SIM_HOME": str(tmp_path / "home")}
    assert kefu("quick", "--export", "mine.csv", env=env).returncode == 0
    path = tmp_path / "mine.csv"
    path.write_text(path.read_text("utf-8") + "问好,zz,您好您好呀\r\n", "utf-8")
    assert kefu("quick", "--import", "mine.csv", env=env).stdout.decode().startswith("1 new quick reply")
    assert "您好您好呀" in kefu("quick", "--export", "-", env=env).stdout.decode()
    kefu("quick", "--reset", env=env)
    assert "您好您好呀" not in kefu("quick", "--export", "-", env=env).stdout.decode()


def test_a_file_that_is_none(kefu, tmp_path):
    result = kefu("quick", "--import", "nothing.csv", env={"KEFU_SIM_HOME": str(tmp_path)})
    assert result.returncode == 2
    assert "nothing.csv" in result.stderr.decode()
