// Subscribes with one of the packages and prints, one a line, each event that the
// package dispatches: {"type", "data", "id"}.
//
//	node client.mjs PACKAGE URL
const [name, url] = process.argv.slice(2);
const tell = event => console.log(JSON.stringify({type: event.type, data: event.data, id: event.id}));

switch (name) {
case "eventsource-client": {
	const {createEventSource} = await import(name);
	createEventSource({url, onMessage: ({event, data, id}) => tell({type: event, data, id})});
	break;
}
case "@microsoft/fetch-event-source": {
	globalThis.window = globalThis;
	const {fetchEventSource} = await import(name + "/lib/cjs/index.js").then(m => m.default);
	fetchEventSource(url, {
		openWhenHidden: true, // or it wants a document
		onmessage: ({event, data, id}) => tell({type: event, data, id}),
		onclose: () => { throw new Error("ended"); }, // or it does not reconnect
		onerror: () => {},
	}).catch(e => { console.error(e); process.exit(1); });
	globalThis.document = {addEventListener() {}, removeEventListener() {}};
	break;
}
default: {
	const module = await import(name);
	const {EventSource} = module.EventSource ? module : module.default.EventSource ? module.default : {EventSource: module.default};
	const source = new EventSource(url);
	source.onmessage = e => tell({type: e.type, data: e.data, id: e.lastEventId});
	break;
}
}
