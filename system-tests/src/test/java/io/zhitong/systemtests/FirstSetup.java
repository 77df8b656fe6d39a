package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The first hour of an installation of one's own (首次设置): code, administrator, key officer, an empty vault's ceremony. */
final class FirstSetup {
    private static final String PASSWORD = "river-Boat-17";
    private static final String OWN = "eine eigene Wahl";

    private FirstSetup() {}

    static void throughTheConsole(Screen screen, Started started, Path data) throws IOException {
        Path file = data.resolve("backend/setup-code");
        assertTrue(started.said().contains(file.toString()), started.said());
        String code = Files.readString(file).strip();
        assertFalse(Files.readString(data.resolve("logs/backend.log")).contains(code), "the code is in no log");
        screen.open("/login");
        screen.click("a[href='/setup']");
        fill(screen, "wang", "王芳");
        screen.type("#code", "0000-0000-0000-0000");
        screen.type("#community", "碧水花园");
        screen.type("#number", "44030002");
        screen.type("#city", "4403");
        screen.click("button[type=submit]");
        screen.sees("#problem", "设置码不正确");
        assertEquals(List.of(), screen.barriers());
        Album.take(screen, "first-setup");
        fill(screen, "wang", "王芳");
        screen.type("#code", code);
        screen.click("button[type=submit]");
        screen.sees(".alert-success", "设置已完成");
        assertFalse(Files.exists(file));
        screen.open("/setup");
        screen.sees("body", "没有这个页面");
        users(screen);
    }

    private static void users(Screen screen) {
        screen.logIn("wang", PASSWORD);
        screen.sees("h1", "");
        screen.open("/users");
        fill(screen, "fang", "方工");
        screen.click("input[value=KEY_OFFICER]");
        screen.click("form[action='/users'] button[type=submit]");
        screen.sees("#users", "密钥管理员");
        assertEquals(List.of(), screen.barriers());
        Album.take(screen, "users");
        screen.logOut();
        screen.logIn("fang", PASSWORD);
        screen.open("/keys/ceremony");
        screen.sees("#given", "初始密码");
        assertEquals(List.of(), screen.barriers());
        screen.type("#present", PASSWORD);
        screen.type("#password", OWN);
        screen.type("#again", OWN);
        Album.take(screen, "account");
        screen.click("form[action='/account'] button[type=submit]");
        screen.sees(".alert-success", "密码已修改");
        screen.logIn("fang", OWN);
        screen.open("/keys/ceremony");
        screen.sees("#h-start", "开始仪式");
    }

    private static void fill(Screen screen, String login, String name) {
        screen.type("#login", login);
        screen.type("#name", name);
        screen.type("#password", PASSWORD);
        screen.type("#again", PASSWORD);
    }
}
