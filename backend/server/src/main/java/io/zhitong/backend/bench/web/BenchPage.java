package io.zhitong.backend.bench.web;

import io.zhitong.backend.bench.Bench;
import io.zhitong.backend.bench.BenchPicture;
import io.zhitong.backend.bench.BenchRefusal;
import io.zhitong.backend.bench.BenchView;
import io.zhitong.backend.bench.Cashier;
import io.zhitong.backend.bench.OnDemo;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.backend.web.Yuan;
import io.zhitong.cardspec.CardException;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.util.Locale;
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
    private final Cashier cashier;

    BenchPage(Bench bench, BenchView view, Cashier cashier) {
        this.bench = bench;
        this.view = view;
        this.cashier = cashier;
    }

    @Bean
    @OnDemo
    static MenuEntry benchMenu() {
        return new MenuEntry(
                "/bench", "bench.menu", "bench", 90, Set.of(Role.DESK, Role.PROPERTY, Role.FINANCE, Role.ADMIN));
    }

    @GetMapping
    String page(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        board(user, model, locale);
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
            Locale locale,
            HttpServletResponse response) {
        if (board(user, model, locale).equals(seen)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null; // Spring's way to say that the answer is complete
        }
        return new ModelAndView(BOARD, model.asMap());
    }

    @PostMapping("/put")
    String put(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String card,
            @RequestParam String reader,
            Model model,
            Locale locale) {
        return done(user, model, locale, () -> bench.put(card, reader));
    }

    @PostMapping("/tap")
    String tap(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String card,
            @RequestParam String reader,
            Model model,
            Locale locale) {
        return done(user, model, locale, () -> bench.tap(card, reader));
    }

    @PostMapping("/lift")
    String lift(@AuthenticationPrincipal ConsoleUser user, @RequestParam String reader, Model model, Locale locale) {
        return done(user, model, locale, () -> bench.lift(reader));
    }

    @PostMapping("/cards")
    String make(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String name,
            @RequestParam String profile,
            Model model,
            Locale locale) {
        return done(user, model, locale, () -> bench.make(name, profile));
    }

    @PostMapping("/tear")
    String tear(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String reader,
            @RequestParam int operation,
            Model model,
            Locale locale) {
        return done(user, model, locale, () -> bench.tear(reader, operation));
    }

    @PostMapping("/sale")
    String sale(@AuthenticationPrincipal ConsoleUser user, @RequestParam BigDecimal yuan, Model model, Locale locale) {
        return done(user, model, locale, () -> cashier.ring(fen(yuan)));
    }

    /** Outside what can be an amount becomes 0, which the cashier refuses. */
    private static long fen(BigDecimal yuan) {
        BigDecimal amount = yuan.stripTrailingZeros();
        boolean sane = amount.scale() <= 2 && (long) amount.precision() - amount.scale() <= 7;
        return sane ? amount.movePointRight(2).longValue() : 0;
    }

    private String done(ConsoleUser user, Model model, Locale locale, Runnable act) {
        try {
            act.run();
        } catch (BenchRefusal e) {
            model.addAttribute("problem", "bench.refused." + e.reason());
        } catch (CardException e) {
            model.addAttribute("problem", "bench.refused.WORLD");
        }
        board(user, model, locale);
        return BOARD;
    }

    private String board(ConsoleUser user, Model model, Locale locale) {
        Optional<BenchPicture> picture = view.picture(user, locale);
        Cashier.Sale sale = cashier.sale();
        String version = picture.map(BenchPicture::version).orElse("none") + "-" + Integer.toHexString(sale.hashCode());
        model.addAttribute("picture", picture.orElse(null));
        model.addAttribute("sale", sale);
        model.addAttribute("saleWords", sale.words(locale.getLanguage().equals("en")));
        model.addAttribute("due", Yuan.of(sale.fen()));
        model.addAttribute("version", version);
        return version;
    }
}
