package io.zhitong.backend.boards.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.backend.boards.Board;
import io.zhitong.backend.boards.BoardState;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the page of foreign boards shows, in words (外来控制板页面内容). */
@Component
class BoardView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Boards boards;
    private final Estate estate;

    BoardView(Boards boards, Estate estate) {
        this.boards = boards;
        this.estate = estate;
    }

    /** @param state key of a text: in step, not in step, not reached, not asked yet */
    record Line(
            long number,
            String name,
            long serial,
            String at,
            String state,
            String since,
            String version,
            long held,
            String fault,
            List<String> shortfalls) {}

    List<Line> lines(CommunityId community, Locale locale) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        var states = boards.states(community);
        boolean english = locale.getLanguage().equals("en");
        return boards.of(community).stream()
                .map(board -> line(board, Optional.ofNullable(states.get(board.device())), zone, english))
                .toList();
    }

    private Line line(Board board, Optional<BoardState> state, ZoneId zone, boolean english) {
        return new Line(
                board.device().device().value(),
                estate.device(board.device()).map(DeviceRow::name).orElse(""),
                board.serial(),
                board.host() + ":" + board.port(),
                state.map(BoardView::word).orElse("boards.state.new"),
                state.map(each -> TIME.format(each.at().atZone(zone))).orElse(""),
                state.map(BoardState::version).orElse(""),
                state.map(BoardState::held).orElse(0L),
                state.map(BoardState::fault).orElse(""),
                state.map(each -> shortfalls(each.shortfalls(), english)).orElse(List.of()));
    }

    private static String word(BoardState state) {
        if (!state.fault().isEmpty()) {
            return "boards.state.away";
        }
        return state.inStep() ? "boards.state.instep" : "boards.state.differs";
    }

    /** Each as kind, door, count; one that was cut off in the middle is left out. */
    private static List<String> shortfalls(String stored, boolean english) {
        return Arrays.stream(stored.split(" ", -1))
                .filter(word -> word.matches("\\d{1,4}:\\d{1,5}:\\d{1,9}"))
                .map(word -> words(word.split(":", 3), english))
                .toList();
    }

    private static String words(String[] parts, boolean english) {
        String kind = Coded.find(Shortfall.Kind.class, Integer.parseInt(parts[0]))
                .map(each -> english ? each.english() : each.chinese())
                .orElse(parts[0]);
        String door = parts[1].equals("0") ? "" : " · " + (english ? "door " : "门 ") + parts[1];
        return kind + door + (parts[2].equals("0") ? "" : " ×" + parts[2]);
    }
}
