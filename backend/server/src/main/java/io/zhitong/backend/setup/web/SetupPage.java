package io.zhitong.backend.setup.web;

import io.zhitong.backend.identity.PublicPage;
import io.zhitong.backend.setup.FirstSetup;
import io.zhitong.backend.setup.NewCommunity;
import io.zhitong.backend.setup.NewUser;
import io.zhitong.backend.setup.SetupProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** First set-up (首次设置), while there is no user; afterwards nothing is here. The code comes in the body of a form only. */
@Controller
@RequestMapping("/setup")
class SetupPage {
    private final FirstSetup setup;

    SetupPage(FirstSetup setup) {
        this.setup = setup;
    }

    @GetMapping
    @PublicPage
    String page(Model model) {
        requireOpen();
        return shown(model, new NewCommunity("", "", ""), new NewUser("admin", "", "", ""));
    }

    @PostMapping
    @PublicPage
    String create(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String community,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String city,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletResponse response) {
        requireOpen();
        NewCommunity place = new NewCommunity(community, number, city);
        NewUser administrator = new NewUser(login, name, password, again);
        Optional<SetupProblem> problem = setup.create(code, place, administrator);
        if (problem.isEmpty()) {
            return "redirect:/login?ready";
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problem.get());
        return shown(model, place, administrator);
    }

    private static String shown(Model model, NewCommunity community, NewUser administrator) {
        model.addAttribute("community", community);
        model.addAttribute("administrator", administrator);
        return "setup/first";
    }

    private void requireOpen() {
        if (!setup.open()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
