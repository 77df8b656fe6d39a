package io.zhitong.backend.bench.web;

import io.zhitong.backend.bench.Bench;
import io.zhitong.backend.bench.BenchPicture;
import io.zhitong.backend.bench.BenchRefusal;
import io.zhitong.backend.bench.BenchView;
import io.zhitong.backend.bench.OnDemo;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.cardspec.CardException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The bench: a picture of readers and cards that is drawn anew when something has changed. */
@Controller
@OnDemo
@RequestMapping("/bench")
@Allowed({Role.DESK, Role.PROPERTY, Role.FINANCE, Role.ADMIN})
class BenchPage {

    private static final String PAGE = "bench/bench";
    private static final String BOARD = "bench/board :: board";

    private final Bench bench;
    private final BenchView view;

    BenchPage(Bench bench, BenchView view) {
        this.bench = bench;
        this.view = view;
    }

    @Bean
    @OnDemo
    static MenuEntry benchMenu() {
        return new MenuEntry("/bench", "bench.menu", "bench", 90, Set.of(Role.values()));
    }

    @GetMapping
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        board(user, model);
        model.addAttribute("profiles", Bench.PROFILES);
        return PAGE;
    }

    /** The board, or 204 when the page shows the newest already. */
    @GetMapping("/board")
    @Nullable
    ModelAndView board(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String seen,
            Model model,
            HttpServletResponse response) {
        if (board(user, model).equals(seen)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null; // Spring's way to say that the answer is complete
        }
        return new ModelAndView(BOARD, model.asMap());
    }

    @PostMapping("/put")
    String put(@AuthenticationPrincipal ConsoleUser user, String card, String reader, Model model) {
        return done(user, model, () -> bench.put(card, reader));
    }

    @PostMapping("/lift")
    String lift(@AuthenticationPrincipal ConsoleUser user, String reader, Model model) {
        return done(user, model, () -> bench.lift(reader));
    }

    @PostMapping("/cards")
    String make(@AuthenticationPrincipal ConsoleUser user, String name, String profile, Model model) {
        return done(user, model, () -> bench.make(name, profile));
    }

    @PostMapping("/tear")
    String tear(@AuthenticationPrincipal ConsoleUser user, String reader, int operation, Model model) {
        return done(user, model, () -> bench.tear(reader, operation));
    }

    private String done(ConsoleUser user, Model model, Runnable act) {
        try {
            act.run();
        } catch (BenchRefusal e) {
            model.addAttribute("problem", "bench.refused." + e.reason());
        } catch (CardException e) {
            model.addAttribute("problem", "bench.refused.WORLD");
        }
        board(user, model);
        return BOARD;
    }

    private String board(ConsoleUser user, Model model) {
        Optional<BenchPicture> picture = view.picture(user);
        String version = picture.map(BenchPicture::version).orElse("none");
        model.addAttribute("picture", picture.orElse(null));
        model.addAttribute("version", version);
        return version;
    }
}
