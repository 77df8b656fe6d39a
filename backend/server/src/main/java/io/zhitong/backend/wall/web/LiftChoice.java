package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.PointRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an operator chose on the form for a visitor (派梯选择). */
final class LiftChoice {

    private LiftChoice() {}

    static List<PointRow> lifts(List<PointRow> points) {
        return points.stream().filter(point -> point.kind() == PointKind.LIFT).toList();
    }

    /** How a form names a point. */
    static String id(PointRow point) {
        return point.device().value() + "-" + point.id().value();
    }

    /**
     * The floor typed, if it is one of the household's; where nothing was typed its only one.
     *
     * @param theirs floor indexes, of the rear door 256 more
     */
    static Optional<Integer> floor(String typed, Set<Integer> theirs) {
        if (typed.isEmpty()) {
            return theirs.size() == 1 ? theirs.stream().findFirst() : Optional.empty();
        }
        return theirs.stream().filter(floor -> floor.toString().equals(typed)).findFirst();
    }
}
