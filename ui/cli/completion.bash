# Completion of sseconsole for bash, which needs nothing else. What is typed goes
# to the program as it stands, and is never run.
_sseconsole() {
	local cur=${COMP_WORDS[COMP_CWORD]} line
	local -a words=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
	[[ $cur != -* ]] || words+=("$cur")
	COMPREPLY=()
	while IFS= read -r line; do
		line=${line%%:*}
		[[ $line != "$cur"* ]] || COMPREPLY+=("$line")
	done < <("${1/#\~/$HOME}" "${words[@]}" --generate-shell-completion 2>/dev/null)
}
complete -o bashdefault -o default -F _sseconsole sseconsole
