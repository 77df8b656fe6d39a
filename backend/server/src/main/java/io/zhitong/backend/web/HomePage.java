package io.zhitong.backend.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.PublicPage;
import io.zhitong.backend.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

@Controller
final class HomePage {
    @GetMapping("/")
    @Allowed({Role.DESK, Role.PROPERTY, Role.FINANCE, Role.ADMIN})
    String home() {
        return "shell/home";
    }

    /** Says only that requests are served; what is wrong with a neighbour is on the pages, for those who may know. */
    @GetMapping("/health")
    @PublicPage
    @ResponseBody
    String health() {
        return "ok";
    }
}
