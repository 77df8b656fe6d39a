package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.systemtests.Neighbourhood.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The vault's machine restarts in the night and no custodian is there: doors, sales and loss reports go on, what needs a
 * master waits where it can be seen, and three custodians in the morning end the waiting.
 */
final class SealedNight {
    private static final Duration SOON = Duration.ofSeconds(30);

    private SealedNight() {}

    /** Afterwards the vault's folder does not open it any more, and the card is lost. */
    static void untilCustodiansCame(Neighbourhood people) throws IOException {
        RunningEstate estate = people.estate();
        Path shares = custodiansTakeTheirShares(estate.data());
        estate.kill(Role.VAULT);
        estate.kill(Role.BACKEND);
        estate.start(Role.VAULT, Role.BACKEND);
        people.awaitBothUp();
        Await.until(
                "every page says that it is sealed", SOON, () -> people.ledger().contains("密钥库未开启：发卡、充值、交易验证暂停"));

        people.tap(Gate.SEALED);
        people.sell(130);
        people.sell(270);
        Await.until("both sales are stored", SOON, () -> people.wall().shows("消费", "¥2.70"));
        Await.until(
                "the queue is visible, and why",
                SOON,
                () -> queue(people).contains("2 笔") && queue(people).contains("密钥库未开启"));
        assertTrue(tryToLoad(people).contains("暂时不能发卡和充值"));

        people.reportLost();

        for (int custodian : new int[] {4, 1}) {
            giveShare(estate, shares, custodian);
            assertFalse(queue(people).isEmpty(), "two are not enough");
        }
        giveShare(estate, shares, 2);
        people.assertEverythingArrivedOnce();
        Await.until("nothing waits any more", SOON, () -> queue(people).isEmpty());
    }

    /** From now on the folder of the vault opens nothing but lists, commands and machines. */
    private static Path custodiansTakeTheirShares(Path data) throws IOException {
        Path taken = data.resolve("custodians");
        Files.move(data.resolve("vault/demo-quorum"), taken);
        return taken;
    }

    private static void giveShare(RunningEstate estate, Path shares, int custodian) {
        Shell.run(
                        SOON,
                        "bin/zt",
                        "keys",
                        "unseal",
                        "--data",
                        estate.data().resolve("vault").toString(),
                        "--share",
                        shares.resolve("share-" + custodian + ".txt").toString())
                .succeeded();
    }

    private static String queue(Neighbourhood people) {
        return Console.find(people.ledger(), "id=\"queue\">(.*?)</div>").orElse("");
    }

    /** What the desk's page says to a load that a sealed vault cannot host; no money moves. */
    private static String tryToLoad(Neighbourhood people) {
        Console desk = Console.of(people.estate().consoleUrl(), "desk");
        long before = people.balance();
        Hands hands = people.hands();
        hands.insert(Neighbourhood.CARD, "desk");
        String serial = Console.find(desk.get("/desk"), "name=\"serial\" value=\"([0-9]+)\"")
                .orElseThrow(() -> new AssertionError("the desk does not know the card on its reader"));
        String page = desk.post("/desk/load", Map.of("serial", serial, "yuan", "10"));
        hands.remove("desk");
        assertEquals(before, people.balance());
        return page;
    }
}
