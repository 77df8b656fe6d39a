package io.zhitong.backend.boards.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.boards.Board;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Boards of another make: how each stands, and taking one in. */
@Controller
@Allowed(Role.ADMIN)
class BoardPage {
    private static final String PATH = "/boards";
    private static final int LONGEST_NAME = 40;
    private static final long MOST = 0xFFFF_FFFFL;
    private static final int PORTS = 0xFFFF;

    private final Boards boards;
    private final BoardView view;

    BoardPage(Boards boards, BoardView view) {
        this.boards = boards;
        this.view = view;
    }

    @Bean
    static MenuEntry boardMenu() {
        return new MenuEntry(PATH, "boards.menu", "device", 26, Set.of(Role.ADMIN));
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        model.addAttribute("boards", view.lines(user.community(), locale));
        model.addAttribute("wrong", "");
        return "boards/boards";
    }

    @PostMapping(PATH)
    String add(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long number,
            @RequestParam String name,
            @RequestParam long serial,
            @RequestParam String host,
            @RequestParam(defaultValue = "60000") int port,
            @RequestParam(defaultValue = "4") int doors,
            Model model,
            Locale locale) {
        String wrong = wrong(number, name.strip(), serial, host.strip(), port, doors);
        if (wrong.isEmpty()) {
            CommunityId community = user.community();
            Board board = new Board(new DeviceAddress(community, new DeviceId(number)), serial, host.strip(), port);
            wrong = boards.add(board, name.strip(), doors, user.actor()) ? "" : "boards.wrong.known";
        }
        if (wrong.isEmpty()) {
            return "redirect:" + PATH;
        }
        page(user, model, locale);
        model.addAttribute("wrong", wrong);
        return "boards/boards";
    }

    private static String wrong(long number, String name, long serial, String host, int port, int doors) {
        if (number < 1 || number > MOST || serial < 1 || serial > MOST) {
            return "boards.wrong.number";
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return "boards.wrong.name";
        }
        boolean reached = Board.address(host).isPresent() && port >= 1 && port <= PORTS;
        if (!reached) {
            return "boards.wrong.host";
        }
        return doors >= 1 && doors <= Board.DOORS ? "" : "boards.wrong.doors";
    }
}
