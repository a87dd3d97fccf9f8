step_machine() { :; }
