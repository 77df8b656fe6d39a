package io.zhitong.backend.identity.web;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.identity.PublicPage;
import io.zhitong.backend.identity.Users;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class LoginPage {
    private final ZhitongSettings settings;
    private final Users users;

    LoginPage(ZhitongSettings settings, Users users) {
        this.users = users;
        this.settings = settings;
    }

    @GetMapping("/login")
    @PublicPage
    String login(Model model) {
        model.addAttribute("demo", settings.demo());
        model.addAttribute("setup", !settings.demo() && users.none());
        return "identity/login";
    }
}
