package io.zhitong.backend.identity.web;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.identity.PublicPage;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class LoginPage {
    private final ZhitongSettings settings;

    LoginPage(ZhitongSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/login")
    @PublicPage
    String login(Model model) {
        model.addAttribute("demo", settings.demo());
        return "identity/login";
    }
}
