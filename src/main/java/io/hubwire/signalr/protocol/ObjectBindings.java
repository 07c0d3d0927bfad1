package io.hubwire.signalr.protocol;

/** Finds out what there is to bind beans with. */
final class ObjectBindings {

    private ObjectBindings() {}

    /** JSON-B where its API and an implementation are present, otherwise {@link ObjectBinding#NONE}. */
    static ObjectBinding discover(StandardJsonBinding rules) {
        try {
            Class.forName("jakarta.json.bind.spi.JsonbProvider", false, ObjectBindings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return ObjectBinding.NONE;
        }
        return JsonbObjectBinding.open(rules).orElse(ObjectBinding.NONE);
    }
}
