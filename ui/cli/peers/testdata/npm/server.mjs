// An event stream behind the middleware compression, which flushes only if it is
// told to: node server.mjs MILLISECONDS EVENTS FLUSH
import http from 'node:http';
import compression from 'compression';

const [gap, events, flush] = process.argv.slice(2).map(Number);
const compress = compression();
const server = http.createServer((request, response) => compress(request, response, () => {
	if (request.headers['last-event-id']) {
		response.writeHead(204).end();
		return;
	}
	response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache'});
	response.write('retry: 300\n\n');
	let n = 0;
	const timer = setInterval(() => {
		response.write(`id: ${++n}\ndata: {"n":${n}}\n\n`);
		if (flush) response.flush();
		if (n === events) {
			clearInterval(timer);
			response.end();
		}
	}, gap);
	response.on('close', () => clearInterval(timer));
}));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
