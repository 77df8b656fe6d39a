package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/** A clerk at the desk (发卡员), who lays cards on the desk's reader and uses the console's pages. */
final class Desk {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String ISSUED = "name=\"number\" value=\"([0-9]+)\"";

    private final String url;
    private final Hands hands;

    Desk(String url, Hands hands) {
        this.url = url;
        this.hands = hands;
    }

    /** Issues the card to 张伟 when the demo has made its cards. */
    void issue(String card) {
        Await.until("the demo's cards", SOON, () -> hands.exists("card-3"));
        Console console = Console.of(url, "desk");
        String person = Console.find(console.get("/desk?q=zw"), "data-person=\"([^\"]+)\"")
                .orElseThrow(() -> new AssertionError("no resident is found by zw"));
        hands.insert(card, "desk");
        String page = console.post(
                "/desk/issue",
                Map.of("person", person, "to", LocalDate.now().plusYears(5).toString()));
        assertTrue(page.contains("id=\"desk-done\""), page);
        hands.remove("desk");
    }

    /** Returns when the page says that the money is on the card. */
    void load(String card, int yuan) {
        Console console = Console.of(url, "desk");
        hands.insert(card, "desk");
        String serial = Console.find(console.get("/desk"), "name=\"serial\" value=\"([0-9]+)\"")
                .orElseThrow(() -> new AssertionError("the desk does not know the card on its reader"));
        String page = console.post("/desk/load", Map.of("serial", serial, "yuan", Integer.toString(yuan)));
        assertTrue(page.contains("id=\"load-done\""), page);
        hands.remove("desk");
    }

    /** Says that 张伟's card is lost, or found again. */
    void report(boolean lost) {
        Console console = Console.of(url, "desk");
        String person = Console.find(console.get("/desk?q=zw"), "data-person=\"([^\"]+)\"")
                .orElseThrow(() -> new AssertionError("no resident is found by zw"));
        String page = console.get("/desk?person=" + person);
        String number = Console.find(page, ISSUED).orElseThrow(() -> new AssertionError(page));
        console.post(lost ? "/desk/loss" : "/desk/found", Map.of("person", person, "number", number));
    }

    /** What the desk's page tells about the card. */
    String shown(String card) {
        hands.insert(card, "desk");
        String page = Console.of(url, "desk").get("/desk");
        hands.remove("desk");
        return page;
    }
}
