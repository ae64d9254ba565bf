package kit

// Toast shows a sentence for some seconds, over the window and without taking the focus:
// the answer to something that the user did. action is the label of its button, which
// calls run; "" means no button.
func (k *Kit) Toast(text, action string, run func()) {
	_, _, _ = text, action, run
}
