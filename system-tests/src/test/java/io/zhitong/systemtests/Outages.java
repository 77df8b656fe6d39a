package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.systemtests.Neighbourhood.Gate;
import java.time.Duration;

/** Outages that are shown on more than one database (停机演练). */
final class Outages {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Outages() {}

    /**
     * The backend has stored a tap and a sale and said so, but is killed before anybody heard it. Its port is refused, life
     * goes on without it, and it comes back.
     */
    static void backendKilledUnheardAndGoneForAWhile(Neighbourhood people) {
        RunningEstate estate = people.estate();
        people.awaitBothUp();
        estate.link().holdAnswers();
        people.tap(Gate.FAST);
        people.sell(777);
        Await.until("stored and on the wall", SOON, () -> people.wall().shows("消费", "¥7.77"));
        estate.kill(Role.BACKEND);
        estate.link().refuse();
        estate.link().resume();
        assertFalse(RunningEstate.listening(estate.consolePort()), "nobody is at the console's port");
        assertFalse(RunningEstate.listening(estate.linkPort()), "nobody is at the link's port");
        people.tap(Gate.SEALED);
        people.tap(Gate.FAST);
        people.sell(325);
        people.tap(Gate.SEALED);
        people.sell(1_000);
        assertTrue(estate.alive(Role.CONTROLLER) && estate.alive(Role.POS), "the devices run on");
        estate.link().accept();
        estate.start(Role.BACKEND);
        people.assertEverythingArrivedOnce();
    }
}
