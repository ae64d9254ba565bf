// Uses the controls of the server's page, on both transports.
(async () => {
	const until = async so => { while (!so()) await new Promise(done => setTimeout(done, 20)); };
	const results = {};
	for (const name of ["EventSource", "fetch"]) {
		const root = document.getElementById(name), field = root.querySelector("form").elements;
		const shows = text => () => root.textContent.includes(text);
		field.clientId.value = "own-" + name;
		root.querySelector("button.main").click();
		await until(shows("● Open"));
		field.content.value = "heard on " + name;
		field.send.click();
		await until(() => shows("200 {")() && root.querySelector("tbody").textContent.includes("heard on " + name));
		results[name] = "sent and heard";
	}
	return results;
})().catch(e => ({error: String(e)})).then(results => fetch("/report", {method: "POST", body: JSON.stringify(results)}));
